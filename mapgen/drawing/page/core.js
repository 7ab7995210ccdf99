/* Data, small helpers, and what is so on a given day. */

/** One line of a packed shape as positions. @param {number[]} steps @param {number} unit @returns {number[][]} */
function walked(steps, unit) {
  let lon = 0, lat = 0;
  return Array.from({ length: steps.length / 2 }, (_, i) => [(lon += steps[2 * i]) / unit, (lat += steps[2 * i + 1]) / unit]);
}
/** @param {any[]} lines @param {number} unit @returns {any[]} */
const walkedAll = (lines, unit) => (typeof lines[0] === 'number' ? walked(lines, unit) : lines.map((l) => walkedAll(l, unit)));
/** Shapes that were packed (mapgen/drawing/page/packed.py) as GeoJSON again. @param {string} _ @param {any} value */
function unpacked(_, value) {
  if (value && value.steps !== undefined && Array.isArray(value.coordinates)) {
    value.coordinates = walkedAll(value.coordinates, 10 ** value.steps);
    delete value.steps;
  }
  return value;
}

/** The situation: docs/page-data.md says what each field means. */
/** Signs that set a text apart: from left to right, from right to left, by its first letter, and the end. */
const [LRI, RLI, FSI, PDI] = [0x2066, 0x2067, 0x2068, 0x2069].map((code) => String.fromCharCode(code));
/** Shapes unpacked, and the marks around names of the translated texts as isolates. @param {string} key @param {any} v */
const read = (key, v) => (typeof v === 'string' ? v.replace(/[\ue000-\ue002]/g, (c) => [FSI, LRI, PDI][c.charCodeAt(0) - 0xe000]) : unpacked(key, v));
const D = JSON.parse(document.getElementById('mg-data').textContent, document.documentElement.lang === 'en' ? unpacked : read);
/** What the map shows in each chapter of a story; null on the page of a map alone. @type {{day: string|null, box: number[], cards: string[]|null}[]|null} */
const STORY = document.getElementById('mg-story') ? JSON.parse(document.getElementById('mg-story').textContent) : null;
const NS = 'http://www.w3.org/2000/svg';

/** The texts of the interface, in the reader's language: mapgen/data/interface.toml. */
const TEXT = JSON.parse(document.getElementById('mg-text').textContent);
/** @param {string} key @param {Record<string, any>} [values] for the {names} in the text */
const tr = (key, values = {}) => String(TEXT[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));

/** A text of the interface as nodes: what is filled in keeps its own direction. @param {string} key @param {Record<string, any>} values @returns {(Node|string)[]} */
const told = (key, values) => String(TEXT[key] ?? key).split(/(\{\w+\})/).filter(Boolean).map((part) => (/^\{\w+\}$/.test(part) ? el('bdi', {}, String(values[part.slice(1, -1)] ?? '')) : part));

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

/** A part of a text that keeps its own direction. */
const ISOLATED = new RegExp(`([${LRI}${FSI}][^${LRI}-${PDI}]*${PDI})`);
/** Words as nodes: names in another script, and texts that are left in English, keep their own direction. @param {Node|string} words @returns {(Node|string)[]} */
const apart = (words) => (typeof words !== 'string' || !ISOLATED.test(words) ? [words] : words.split(ISOLATED).filter(Boolean).map((w) => (ISOLATED.test(w) ? el('bdi', w[0] === LRI ? { lang: 'en', dir: 'ltr' } : {}, w.slice(1, -1)) : w)));

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
  e.append(...(tag === 'option' ? kids : kids.flatMap(apart)));
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

/**
 * What the map is drawn from: all articles, or those printed by a day.
 * @typedef {{day: string, title: string, asOf: string, summary: string[][], days: any[], cards: any[], signs: any[], areas: any[], places: any[], sites?: any[]}} Known
 * @type {Known}
 */
const ALL = { day: '', title: D.meta.title, asOf: D.meta.as_of_text, summary: D.meta.summary, days: D.earlier || [], cards: D.cards, signs: D.signs, areas: D.areas, places: D.places };

/** What was known on each earlier day of publication; what was the same then stands once in the data. @returns {Known[]} */
function reportedBefore() {
  const own = new Map(D.cards.map((c) => [c.id, c])), pool = [...ALL.days];
  return (D.reported || []).map((r) => ({
    day: r.day,
    title: r.title,
    asOf: r.as_of_text,
    summary: r.summary,
    days: r.days.map((d) => { if (typeof d === 'number') return pool[d]; pool.push(d); return d; }),
    cards: r.cards.map((c) => (typeof c === 'string' ? own.get(c) : { ...c.card, quotes: c.quotes.map((q) => (Array.isArray(q) ? own.get(q[0]).quotes[q[1]] : q)) })),
    signs: r.signs.map((s) => (typeof s === 'number' ? D.signs[s] : s)),
    areas: [], // an estimate from all articles was not known then
    places: D.places.filter((p) => p.base || r.places.includes(p.id)),
  }));
}
const REPORTED = reportedBefore();
let KNOWN = ALL;
/** Draw and list from now on what was known. @param {Known} known */
function know(known) {
  KNOWN = known;
  for (const part of ['cards', 'signs', 'areas', 'places']) D[part] = known[part];
  known.sites = SITES = known.sites || gatherSites();
}
/** Do something with what was known. @template T @param {Known} known @param {() => T} act @returns {T} */
function asKnown(known, act) {
  const now = KNOWN;
  if (known === now) return act();
  know(known);
  try { return act(); } finally { know(now); }
}
/** The position of the last day that can be shown. */
const lastDay = () => (KNOWN === ALL ? DAYS.length - 1 : DAYS.indexOf(KNOWN.day));

const CARDS = new Map([ALL, ...REPORTED].flatMap((k) => k.cards.map((c) => [c.id, c])));
const STANDING = Object.fromEntries(['assessed', 'stated', 'claimed', 'contested', 'denied', 'outdated', 'unknown'].map((k) => [k, tr(`standing_${k}`)]));
const KINDS = Object.fromEntries(['control_change', 'advance', 'threat', 'clash', 'siege', 'strike', 'withdrawal', 'reinforcement', 'displacement', 'return', 'hosting', 'evacuation_order', 'attack_on_civilians', 'control_state', 'supply_line', 'other'].map((k) => [k, tr(`kind_${k}`)]));

/** What the reader has chosen. */
/** @type {{t: number, sel: string|null, off: Set<string>, before: number|null, split: number, hidden: Set<string>, sure: boolean, view: string|null, q: string, filters: [string, string][], beforeKnown: Known|null, known: string}} */
const S = { beforeKnown: null, known: '', sure: false, view: null, q: '', filters: [], t: Math.max(0, DAYS.length - 1), sel: null, off: new Set(), before: null, split: 0.5, hidden: new Set() };

const embedAsked = /(^|[#&])embed\b/.test(location.hash);
/** Whether the page has its small layout: because the address asks for it, or in a small frame. Known when the page has a size. */
let embed = embedAsked;
const smallFrame = () => window.self !== window.top && (innerWidth < 720 || innerHeight < 480);
const phone = () => innerWidth <= 640;
const narrow = () => innerWidth <= 520;
const wide = () => innerWidth > 900;
const calm = () => matchMedia('(prefers-reduced-motion:reduce)').matches;
const today = () => DAYS[S.t] || null;

/** Whether a sign is doubtful: its certainty was measured, and is too low to be sure. @param {{card: string}} s */
const doubtful = (s) => { const c = CARDS.get(s.card); return Boolean(c && typeof c.certainty === 'number' && c.sure === 'unsure'); };
/** Words on the map for a sign; a question mark stands behind those of a doubtful one. @param {{card: string}} s @param {string} words */
const withDoubt = (s, words) => (doubtful(s) ? `${words} ?` : words);

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
  // what is not dated stands on the day of its article, but is not said to have changed on it
  if (!day || !sign.from_day || (sign.day !== day && sign.from_day !== day)) return false;
  const key = KNOWN.day + day;
  if (!freshOn.has(key)) {
    const live = D.signs.filter((s) => stands(s, day)), fresh = live.filter((s) => s.day === day || s.from_day === day);
    freshOn.set(key, day !== DAYS[lastDay()] || fresh.length <= 0.5 * live.length);
  }
  return Boolean(freshOn.get(key));
}
/** @type {Map<string, boolean>} */
const freshOn = new Map();

/** What decides how the signs look on a day. @param {string|null} day */
function signature(day) {
  const areas = D.areas.map((a) => ((!a.from_day || !day || day >= a.from_day) && (!a.to_day || !day || day < a.to_day) ? 1 : 0)).join('');
  return `${KNOWN.day}/${areas}/${D.signs.map((s) => phase(s, day)[0] + (isFresh(s, day) ? '!' : '') + (s.to_day && day && day >= s.to_day ? '-' : '')).join('')}`;
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
