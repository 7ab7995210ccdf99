/* Data, small helpers, and what is so on a given day. */

/** The situation: docs/page-data.md says what each field means. */
const D = JSON.parse(document.getElementById('mg-data').textContent);
const NS = 'http://www.w3.org/2000/svg';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

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
const CARDS = new Map(D.cards.map((c) => [c.id, c]));
const STANDING = {
  assessed: 'Assessed', stated: 'Stated', claimed: 'Claimed', contested: 'Contested',
  denied: 'Denied', outdated: 'Outdated', unknown: 'Unknown',
};
const KINDS = {
  control_change: 'Changed hands', advance: 'Advance', threat: 'Threat', clash: 'Clash', siege: 'Siege',
  strike: 'Strike', withdrawal: 'Withdrawal', reinforcement: 'Reinforcement', displacement: 'Displacement',
  return: 'Return', attack_on_civilians: 'Attack on civilians', control_state: 'Held', supply_line: 'Supply link', other: 'Other',
};

/** What the reader has chosen. */
const S = { t: Math.max(0, DAYS.length - 1), sel: null, off: new Set(), theme: null };

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
 * Whether a sign stands on a day: 'before' it began, 'span' while the day of the change is unknown, 'now'.
 * @param {{from_day: string|null, day: string|null}} sign @param {string|null} day
 * @returns {'before'|'span'|'now'}
 */
function phase(sign, day) {
  if (!day || !sign.day || day >= sign.day) return 'now';
  return sign.from_day && day >= sign.from_day ? 'span' : 'before';
}

/** @param {string} id a side; unknown ones are drawn in ink */
const sideVar = (id, part = '') => (id && SIDES[id] ? `var(--c-${id}${part})` : 'var(--ink2)');
const articleLabel = (id) => (D.meta.articles[id] && D.meta.articles[id].label) || id;

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
