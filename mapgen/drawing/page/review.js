/* Review: an analyst's decisions, kept while the page is open, and written as a table for --corrections. */

/** @type {{target_type: string, target_id: string, action: string, field: string, value: string, by: string, why: string, on: string, line: HTMLElement}[]} */
const DECISIONS = [];
const COLUMNS = ['target_type', 'target_id', 'action', 'field', 'value', 'by', 'why', 'on'];
let reviewer = '';

/** One cell of a CSV file. A text that a spreadsheet takes for a formula gets an apostrophe. @param {any} v */
function cell(v) {
  const text = typeof v === 'number' ? String(v) : String(v ?? '').replace(/^(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
/** The table, as docs/corrections.md describes it. @param {any[]} rows */
const asCsv = (rows) => [COLUMNS, ...rows.map((r) => COLUMNS.map((k) => r[k]))].map((r) => r.map(cell).join(',')).join('\r\n').concat('\r\n');

/** The day of the reader's clock as YYYY-MM-DD. */
function clockDay() {
  const d = new Date();
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
}

/** Let the next click on the map say where. @param {(lat: number, lon: number) => void} use */
function pickOnMap(use) {
  document.body.classList.add('picking');
  if (phone()) sheet('');
  map.once('click', (e) => {
    document.body.classList.remove('picking');
    const at = e.latlng.wrap();
    use(at.lat, at.lng);
  });
}

/** The form of one card. @param {any} c @param {HTMLElement} home */
function reviewForm(c, home) {
  const claims = [...new Set(c.quotes.flatMap((q) => q.claims || []))];
  const select_ = (options, name) => el('select', { name }, ...options.map(([v, t]) => el('option', { value: v }, t)));
  const words = (id) => { const q = c.quotes.find((x) => (x.claims || []).includes(id)); return q.text.length > 48 ? `${q.text.slice(0, 47)}…` : q.text; };
  /** @type {any} */
  const f = {
    claim: select_(claims.map((id, i) => [id, `${i + 1}: ${words(id)}`]), 'claim'),
    action: select_(['reject', 'accept', 'place', 'actor', 'figure', 'date'].map((k) => [k, tr(`review_${k}`)]), 'action'),
    which: select_([['', ''], ...(c.places || []).map((id) => D.places.find((p) => p.id === id)).filter((p) => p && !/^[=+\-@\t\r]|->|→/.test(p.name)).map((p) => [p.name, p.name])], 'which'),
    value: el('input', { name: 'value', type: 'text', dir: 'auto' }),
    by: el('input', { name: 'by', type: 'text', value: reviewer, autocomplete: 'off', dir: 'auto' }),
    why: el('input', { name: 'why', type: 'text', dir: 'auto' }),
  };
  const labelled = (k, name) => { const l = el('label', {}, tr(name), f[k]); f[`${k}_row`] = l; return l; };
  const pick = el('button', { type: 'button', class: 'btn pick' }, tr('review_pick')), said = el('p', { class: 'note', role: 'status' });
  const form = el('form', { class: 'review' }, labelled('claim', 'review_claim'), labelled('action', 'review_action'), labelled('which', 'review_which'), labelled('value', 'review_value'), pick,
    labelled('by', 'review_by'), labelled('why', 'review_reason'), el('button', { class: 'btn', type: 'submit' }, tr('review_add')), said);
  const fit = () => {
    const set = !['reject', 'accept'].includes(f.action.value), place = f.action.value === 'place';
    f.value_row.hidden = !set;
    pick.hidden = !place;
    f.which_row.hidden = !place || f.which.options.length < 3;
  };
  f.action.addEventListener('change', fit);
  fit();
  pick.addEventListener('click', () => {
    said.textContent = tr('review_picking');
    pickOnMap((lat, lon) => {
      f.value.value = `${lat.toFixed(4)}, ${lon.toFixed(4)}`;
      said.textContent = '';
      f.value.focus();
      if (phone()) sheet('full');
    });
  });
  form.addEventListener('submit', (e) => {
    e.preventDefault();
    const kind = f.action.value, set = !['reject', 'accept'].includes(kind), by = f.by.value.trim(), why = f.why.value.trim(), value = f.value.value.trim();
    if (!by || !why || (set && !value)) { said.textContent = tr('review_missing'); return; }
    reviewer = by;
    const which = kind === 'place' && f.which.value ? `${f.which.value} -> ` : '';
    const line = /** @type {HTMLElement} */ (el('p', { class: 'note dec', dir: 'auto' }, `${tr(`review_${kind}`)}${value && set ? `: ${which}${value}` : ''} · ${by}: ${why}`));
    DECISIONS.push({ target_type: 'claim', target_id: f.claim.value, action: set ? 'set' : kind, field: set ? kind : '', value: set ? which + value : '', by, why, on: clockDay(), line });
    form.remove();
    home.append(line);
    listDecisions();
  });
  return form;
}

/** The button under a card that opens its form. @param {any} c @param {HTMLElement} home */
function reviewOf(c, home) {
  if (!c.quotes.some((q) => (q.claims || []).length)) return;
  const b = el('button', { type: 'button', class: 'btn rv', 'aria-expanded': 'false' }, tr('review'));
  b.addEventListener('click', () => {
    const open = $('form.review', home);
    if (open) open.remove(); else { b.after(reviewForm(c, home)); $('select[name=action]', home).focus(); }
    b.setAttribute('aria-expanded', String(!open));
  });
  home.append(b);
}

/** What was decided, over the cards. */
function listDecisions() {
  $('#decisions')?.remove();
  if (!DECISIONS.length) return;
  const save = el('button', { type: 'button', class: 'btn' }, tr('review_download'));
  save.addEventListener('click', () => saveFile('corrections.csv', asCsv(DECISIONS), 'text/csv'));
  const list = el('ul', {}, ...DECISIONS.map((d, i) => {
    const drop = el('button', { type: 'button', class: 'btn' }, tr('review_remove'));
    drop.addEventListener('click', () => { d.line.remove(); DECISIONS.splice(i, 1); listDecisions(); });
    return el('li', {}, el('span', { dir: 'auto' }, `${tr(`review_${d.field || d.action}`)} ${d.value} · ${d.target_id} `), drop);
  }));
  $('#cards').before(el('section', { id: 'decisions', 'aria-label': tr('review') }, el('b', {}, tr('review_count', { n: DECISIONS.length })), list, save, el('p', { class: 'note' }, tr('review_why'))));
}
