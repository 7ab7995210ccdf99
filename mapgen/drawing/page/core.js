/* Data, small helpers, and what is so on a given day. */

/** The situation: docs/page-data.md says what each field means. */
const D = JSON.parse(document.getElementById('mg-data').textContent);
const NS = 'http://www.w3.org/2000/svg';

/** The texts of the interface, in the reader's language: mapgen/data/interface.toml. */
const TEXT = JSON.parse(document.getElementById('mg-text').textContent);
/** @param {string} key @param {Record<string, any>} [values] for the {names} in the text */
const tr = (key, values = {}) => String(TEXT[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));

/** How marks look, and the rows of the legend: mapgen/data/marks.toml. */
const MARKS = JSON.parse(document.getElementById('mg-marks').textContent);
/** How a place looks: contested stays contested, also while the day is not known. @param {string} standing @param {string} [phase] */
const lookOf = (standing, phase = 'now') => (standing !== 'contested' && phase === 'span' ? MARKS.place.changing : MARKS.place[standing] || MARKS.place.unknown);
/** @param {number[]} lengths strokes and gaps, empty for an unbroken line */
const dashes = (lengths) => (lengths.length ? lengths.join(' ') : null);
/** Pixels of an arrow of people on the move. @param {number} magnitude 1 to 4 @param {'close'|'usual'|'small'} [size] */
const arrowWidth = (magnitude, size = 'usual') => MARKS.arrow.widths[Math.max(1, Math.min(MARKS.arrow.widths.length, magnitude || 1)) - 1] * (size === 'usual' ? 1 : MARKS.arrow[size]);

const MONTHS = tr('months').split(' ');
const RTL = document.documentElement.dir === 'rtl';

/** @param {string} s @param {ParentNode} [r] @returns {any} */
const $ = (s, r = document) => r.querySelector(s);
/** @param {string} s @param {ParentNode} [r] @returns {any[]} */
const $$ = (s, r = document) => [...r.querySelectorAll(s)];

/**
 * Make an element. A string child becomes a text node: no text of an article is ever markup.
 * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node|string)} kids
 */
function el(tag, attributes = {}, ...kids) {
  const e = document.createElement(tag);
  for (const [k, v] of Object.entries(attributes)) {
    if (v === null || v === undefined || v === false) continue;
    if (k === 'class') e.className = v; else e.setAttribute(k, v === true ? '' : String(v));
  }
  e.append(...kids);
  return e;
}

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node|string)} kids */
function sv(tag, attributes = {}, ...kids) {
  const e = document.createElementNS(NS, tag);
  for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined) e.setAttribute(k, String(v));
  e.append(...kids);
  return e;
}

const SIDES = D.sides;
const SIDE_IDS = Object.keys(SIDES);
const DAYS = D.days;
/** Shapes that several signs have stand once in the data. */
if (D.shapes) for (const s of D.signs) for (const k of ['geometry', 'area', 'origin_area']) if (typeof s[k] === 'string') s[k] = D.shapes[s[k]];
const CARDS = new Map(D.cards.map((c) => [c.id, c]));
const STANDING = Object.fromEntries(['assessed', 'stated', 'claimed', 'contested', 'denied', 'outdated', 'unknown'].map((k) => [k, tr(`standing_${k}`)]));
const KINDS = Object.fromEntries(['control_change', 'advance', 'threat', 'clash', 'siege', 'strike', 'withdrawal', 'reinforcement', 'displacement', 'return', 'hosting', 'evacuation_order', 'attack_on_civilians', 'control_state', 'supply_line', 'other'].map((k) => [k, tr(`kind_${k}`)]));

/** What the reader has chosen. */
/** @type {{t: number, sel: string|null, off: Set<string>, before: number|null, split: number, hidden: Set<string>}} */
const S = { t: Math.max(0, DAYS.length - 1), sel: null, off: new Set(), before: null, split: 0.5, hidden: new Set() };

const embed = /(^|[#&])embed\b/.test(location.hash);
const phone = () => innerWidth <= 640;
const wide = () => innerWidth > 900;
const calm = () => matchMedia('(prefers-reduced-motion:reduce)').matches;
const today = () => DAYS[S.t] || null;

/** "2024-12-06" as "6 Dec". @param {string} day */
function dayText(day) {
  const [, m, d] = day.split('-').map(Number);
  return `${d} ${MONTHS[m - 1]}`;
}

/** "2024-12-06" as "6 Dec 2024". @param {string} day */
const fullDay = (day) => `${dayText(day)} ${day.slice(0, 4)}`;

/**
 * Whether a sign stands on a day: 'before' it began, 'span' while the day of the change is unknown, 'now', and 'past'
 * when it is no longer so. The rule of Moment.phase in mapgen/drawing/data/moment.py.
 * @param {{type?: string, from_day: string|null, day: string|null, to_day?: string|null}} sign @param {string|null} day
 * @returns {'before'|'span'|'now'|'past'}
 */
function phase(sign, day) {
  if (sign.to_day && (!day || day >= sign.to_day)) return 'past';
  if (!day || !sign.day || day >= sign.day) return 'now';
  return sign.from_day && day >= sign.from_day ? 'span' : 'before';
}

/** Whether a sign is drawn on a day. @param {any} sign @param {string|null} day */
const stands = (sign, day) => ['span', 'now'].includes(phase(sign, day));

/**
 * Whether a sign changes on the day shown. Nothing does where nearly everything does, as on the last
 * day of a map of one day's articles: what is emphasised must stand out.
 * @param {any} sign @param {string|null} day
 */
function isFresh(sign, day) {
  if (!day || (sign.day !== day && sign.from_day !== day)) return false;
  if (!freshOn.has(day)) {
    const live = D.signs.filter((s) => stands(s, day)), fresh = live.filter((s) => s.day === day || s.from_day === day);
    freshOn.set(day, day !== DAYS[DAYS.length - 1] || fresh.length <= 0.5 * live.length);
  }
  return Boolean(freshOn.get(day));
}
/** @type {Map<string, boolean>} */
const freshOn = new Map();

/** What decides how the signs look on a day. @param {string|null} day */
function signature(day) {
  const areas = D.areas.map((a) => ((!a.from_day || !day || day >= a.from_day) && (!a.to_day || !day || day < a.to_day) ? 1 : 0)).join('');
  return `${areas}/${D.signs.map((s) => phase(s, day)[0] + (isFresh(s, day) ? '!' : '') + (s.to_day && day && day >= s.to_day ? '-' : '')).join('')}`;
}

/** A place on the map: in the reader's script where that is known, and as the articles spell it. @param {string|null|undefined} id @param {string} name */
const called = (id, name) => (id && D.names && D.names[id] ? `${D.names[id]} ${name}` : name);

/** @param {string} id a side; unknown ones are drawn in ink */
const sideVar = (id, part = '') => (id && SIDES[id] ? `var(--c-${id}${part})` : 'var(--ink2)');
const articleLabel = (id) => (D.meta.articles[id] && D.meta.articles[id].label) || id;

/** Put the interface's texts where the page says they belong. */
function localise() {
  for (const e of $$('[data-tr]')) e.textContent = tr(e.dataset.tr);
  for (const e of $$('[data-label]')) e.setAttribute('aria-label', tr(e.dataset.label));
  for (const [tab, panel] of [['evidence', '#p-ev'], ['off_map', '#p-off'], ['method', '#p-md']]) $(panel).dataset.t = tr(tab);
  $('#q').placeholder = tr('search');
  $('#q').setAttribute('aria-label', tr('search'));
}

/** Put the sides' colours into style variables; only plain hex colours are let through. */
function applyTheme() {
  const root = document.documentElement;
  const chosen = root.dataset.theme;
  const dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
  for (const id of SIDE_IDS) {
    const c = SIDES[id][dark ? 'dark' : 'light'];
    for (const [part, value] of [['', c.fill], ['-l', c.line], ['-on', c.on]]) {
      if (/^#[0-9a-f]{3,8}$/i.test(value)) root.style.setProperty(`--c-${id}${part}`, value);
    }
  }
}
