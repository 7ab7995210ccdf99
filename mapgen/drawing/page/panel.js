/* The panel: headline, cards with their evidence, what was left off the map, method. */

/** A quotation with its marked words, as text nodes only. @param {{text: string, marks: any[][]}} q */
function quotation(q) {
  const b = el('blockquote', { dir: 'auto' });
  let at = 0;
  // words that bring their own quotation marks are not wrapped in a second pair
  const bare = !/[“”"]/.test(q.text), open = bare ? '“' : '', shut = bare ? '”' : '';
  b.append(open);
  for (const [start, end, cls] of [...(q.marks || [])].sort((x, y) => x[0] - y[0])) {
    if (start < at || end > q.text.length || start >= end) continue;
    b.append(q.text.slice(at, start), el('mark', { class: cls || null }, q.text.slice(start, end)));
    at = end;
  }
  b.append(q.text.slice(at), shut);
  return b;
}

/** Who said it, and where it stands: outlet and day, page of a PDF, paragraph. @param {(Node|string)[]} words @param {string} article @param {number} [paragraph] @param {number|null} [page] */
function sourceLine(words, article, paragraph, page) {
  const a = D.meta.articles[article] || {};
  const where = articleLabel(article) + (page ? `, ${tr('page', { n: page })}` : '') + (paragraph ? `, ${tr('paragraph', { n: paragraph })}` : '');
  return el('cite', {}, ...words, linked(a, where));
}

/** Words that lead to an article on the web. Only http and https addresses become links. @param {any} a @param {string} words */
function linked(a, words) {
  if (typeof a.url !== 'string' || !/^https?:\/\//i.test(a.url)) return el('bdi', {}, words);
  return el('a', { href: a.url, rel: 'noopener noreferrer', target: '_blank', title: a.title }, el('bdi', {}, words));
}

/** An article in the list: headline, outlet, day and how it is known. @param {any} a */
function articleLine(a) {
  const day = a.published_on ? `${fullDay(a.published_on)} (${a.basis || tr('date_word')})` : tr('undated'), name = a.title || a.source || a.label;
  return el('li', {}, linked(a, name), [a.title ? a.source : null, day].filter(Boolean).map((w) => ` · ${w}`).join(''));
}

/**
 * The articles of each source over time: a gap in one row is a source that stopped, a gap in all is quiet.
 * @param {{type: string, days: string[], sources: {source: string|null, cells: number[][]}[]}} t
 */
function ledger(t) {
  const month = (d) => MONTHS[Number(d.slice(5, 7)) - 1], byDay = t.type === 'day' || t.type === 'week';
  const whole = (d) => (byDay ? fullDay(d) : t.type === 'month' ? `${month(d)} ${d.slice(0, 4)}` : d.slice(0, 4));
  /** The month, or the year, is written where it begins. @param {string} d @param {number} i */
  const short = (d, i) => {
    const isSame = i > 0 && t.days[i - 1].slice(0, byDay ? 7 : 4) === d.slice(0, byDay ? 7 : 4);
    return !isSame || t.type === 'year' ? (byDay ? dayText(d) : whole(d)) : byDay ? String(Number(d.slice(8))) : month(d);
  };
  const heads = t.days.map((d, i) => el('th', { scope: 'col', title: whole(d), 'aria-label': whole(d) }, short(d, i)));
  if (t.sources.some((s) => s.cells.some(([at]) => at === t.days.length))) heads.push(el('th', { scope: 'col' }, tr('undated')));
  heads.push(el('th', { scope: 'col' }, tr('all')));
  const sum = heads.map(() => [0, 0]);
  const line = (name, counts) => el('tr', {}, el('th', { scope: 'row' }, el('bdi', {}, name)), ...counts.map(([n, again]) => el('td', { dir: 'ltr', class: n + again ? 'on' : null }, [n || !again ? n : '', again ? `+${again}` : ''].join(' ').trim())));
  const rows = t.sources.map(({ source, cells }) => {
    const counts = heads.map(() => [0, 0]);
    for (const [at, ...n] of cells) for (const k of [0, 1]) for (const c of [counts[at], counts[heads.length - 1], sum[at], sum[heads.length - 1]]) c[k] += n[k];
    return line(source ?? tr('unknown'), counts);
  });
  if (rows.length > 1) rows.push(line(tr('all'), sum));
  const about = [byDay && t.days.length ? tr(`ledger_${t.type}`, { first: fullDay(t.days[0]), last: fullDay(t.days[t.days.length - 1]) }) : '', sum[heads.length - 1][1] ? tr('ledger_again') : ''];
  const table = el('table', { 'aria-describedby': 'lnote' }, el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, tr('ledger_source')), ...heads)), el('tbody', {}, ...rows));
  return [el('h2', {}, tr('ledger')), el('p', { id: 'lnote' }, about.join(' ').trim()), el('div', { class: 'ledger', tabindex: 0, role: 'region', 'aria-label': tr('ledger') }, table)];
}

const glyphOf = (c) => (c.sign === 'control' || !c.sign ? 'control' : c.sign);

const AT_ONCE = 120;
/** Cards are made when they are needed: the first of them, those asked for, those further down when the list is read on. */
const cards = { shown: D.cards, n: 0, /** @type {Map<string, HTMLElement>} */ made: new Map() };

/** @param {any} c @returns {HTMLElement} */
function cardOf(c) {
  const known = cards.made.get(c.id);
  if (known) return known;
  const a = /** @type {HTMLElement} */ (el('article', { class: 'card', id: `c-${c.id}`, 'data-c': c.id }));
  const head = el('button', { class: 'chead', type: 'button', title: tr('show_on_map') });
  const by = c.by ? (c.standing === 'claimed' ? told('by', { who: c.by.replace(/^The /, 'the ') }) : [el('bdi', {}, c.by)]) : [];
  const meta = el('span', { class: 'cm' }, el('span', { class: `st ${c.standing}` }, STANDING[c.standing] || c.standing), el('span', {}, ...by), el('span', { dir: 'auto' }, c.when ? `· ${c.when}` : ''), typeof c.certainty !== 'number' ? '' : el('span', { class: `sure ${c.sure}` }, `· ${tr('certainty_of', { n: c.certainty.toFixed(2) })}`));
  head.append(glyph(glyphOf(c), c.side, c.from, c.standing), el('span', {}, el('span', { class: 'ct', dir: 'auto' }, c.title), newCards.has(c.id) ? el('span', { class: 'st new' }, tr('new_mark')) : '', meta));
  a.append(head);
  for (const q of c.quotes) {
    const cite = sourceLine(told('said_by', { who: q.who }), q.article, q.paragraph, q.page);
    cite.title = tr('characters', { start: q.start, end: q.end }) + (q.claims ? `; ${tr('claim', { ids: q.claims.join(', ') })}` : '');
    a.append(quotation(q), cite);
  }
  if (c.note) a.append(el('p', { class: 'note', dir: 'auto' }, c.note));
  if (c.rule) a.append(el('p', { class: 'note', dir: 'auto', title: c.events ? tr('event', { ids: c.events.join(', ') }) : null }, c.rule));
  for (const d of c.decisions || []) a.append(el('p', { class: 'note dec', dir: 'auto' }, d));
  reviewOf(c, a);
  head.addEventListener('click', () => select(c.id, 'card'));
  a.classList.toggle('sel', c.id === S.sel);
  cards.made.set(c.id, a);
  return a;
}

/** Show cards up to the n-th, and a button for more. @param {number} n */
function showCards(n) {
  const list = $('#cards');
  cards.n = Math.min(n, cards.shown.length);
  list.replaceChildren(...cards.shown.slice(0, cards.n).map(cardOf));
  if (!D.cards.length) list.append(el('p', { class: 'empty' }, tr('no_cards')));
  if (cards.n === cards.shown.length) return;
  const more = el('button', { class: 'btn more', type: 'button' }, tr('more_cards', { n: cards.shown.length - cards.n }));
  const go = () => { if (more.isConnected) showCards(cards.n + AT_ONCE); };
  more.addEventListener('click', () => { const next = cards.n; go(); $('.chead', list.children[next]).focus(); });
  list.append(more);
  new IntersectionObserver((seen) => { if (seen.some((e) => e.isIntersecting)) go(); }, { root: $('#p-ev'), rootMargin: '600px' }).observe(more);
}

/** Whether an article was printed by the day up to which articles count. @param {string} id */
const wasRead = (id) => { const a = D.meta.articles[id]; return KNOWN === ALL || Boolean(a && a.published_on && a.published_on <= KNOWN.day); };

/** How many cards and sentences off the map there are, at their tabs. */
function count() {
  $('#t-ev .n').textContent = String(D.cards.length);
  $('#t-off .n').textContent = String(D.off.reduce((sum, g) => sum + g.items.filter((q) => wasRead(q.article)).length, 0));
}

function buildOff() {
  for (const g of D.off) {
    const s = el('section', { class: 'og' }, el('h2', {}, el('bdi', {}, g.group), ' ', el('span', { class: 'n' }, String(g.items.length))), el('p', { dir: 'auto' }, g.why));
    for (const q of g.items) {
      const source = sourceLine([], q.article, q.paragraph, q.page);
      if (q.reason) source.append(' · ', el('bdi', {}, q.reason));
      s.append(el('div', { 'data-article': q.article }, quotation(q), source));
    }
    $('#offl').append(s);
  }
  offOfDay();
}

/** What is off the map is of the articles that count. */
function offOfDay() {
  for (const item of $$('#offl [data-article]')) item.hidden = !wasRead(item.dataset.article);
  for (const group of $$('#offl .og')) {
    const n = $$('[data-article]:not([hidden])', group).length;
    group.hidden = !n;
    $('h2 .n', group).textContent = String(n);
  }
}

function buildMethod() {
  const d = $('.md');
  for (const [head, ...text] of D.meta.method) {
    d.append(el('h2', { dir: 'auto' }, head));
    for (const t of text) d.append(el('p', { dir: 'auto' }, t));
  }
  if (D.meta.warnings.length) d.append(el('h2', {}, tr('doubt')), el('ul', {}, ...D.meta.warnings.map((w) => el('li', { dir: 'auto' }, w))));
  d.append(el('h2', {}, tr('as_table')));
  const row = (tag, ...cells) => el('tr', {}, ...cells.map((c) => el(tag, { dir: 'auto' }, c)));
  d.append(el('table', {}, row('th', tr('what'), tr('standing'), tr('by_head'), tr('when')), ...ALL.cards.map((c) => row('td', c.title, STANDING[c.standing] || c.standing, c.by || '', c.when || ''))));
  d.append(el('h2', {}, tr('articles')), el('ul', {}, ...Object.values(D.meta.articles).map(articleLine)));
  if (D.ledger) d.append(...ledger(D.ledger));
  d.append(el('h2', {}, tr('credits')), el('p', {}, `${D.meta.credits.join(' · ')}.`));
  const buttons = el('div', { class: 'row' });
  for (const [name, act] of /** @type {[string, () => void][]} */ ([[tr('copy_link'), copyLink], [tr('copy_citation'), copyCitation], [`${tr('download')} (GeoJSON)`, download], [`${tr('download')} (CSV)`, saveCsv], [tr('picture', { kind: 'PNG' }), savePng], [tr('picture', { kind: 'SVG' }), saveSvg], [tr('print'), () => print()], [tr('print_all'), () => { document.documentElement.classList.add('evidence'); print(); }]])) {
    const b = el('button', { class: 'btn', type: 'button' }, name);
    b.addEventListener('click', act);
    buttons.append(b);
  }
  d.append(buttons, el('p', { role: 'status', id: 'said' }));
}

/** The situation as GeoJSON, each feature with the words it rests on. */
function asGeoJson() {
  const feature = (geometry, s) => {
    const c = CARDS.get(s.card) || { quotes: [] };
    return { type: 'Feature', geometry, properties: { type: s.type, name: s.name || null, title: c.title, side: s.side ? SIDES[s.side].name : null, standing: s.standing || c.standing, by: c.by, when: c.when, from_day: s.from_day, day: s.day, method: s.method || null, events: c.events || [], corrections: c.decisions || [], evidence: c.quotes.map((q) => ({ article: q.article, claims: q.claims || [], start: q.start, end: q.end, quote: q.text, who: q.who })) } };
  };
  const line = (path) => (path.length > 1 ? { type: 'LineString', coordinates: path.map((p) => [p[1], p[0]]) } : { type: 'Point', coordinates: [path[0][1], path[0][0]] });
  const features = D.signs.map((s) => {
    if (s.geometry) return feature(s.geometry, s);
    if (s.path && s.path.length) return feature(Array.isArray(s.path[0][0]) ? { type: 'MultiLineString', coordinates: s.path.map((p) => line(p).coordinates) } : line(s.path), s);
    return feature(typeof s.lat === 'number' ? { type: 'Point', coordinates: [s.lon, s.lat] } : null, s);
  });
  return { type: 'FeatureCollection', features };
}

/** Hand a text to the reader as a file. @param {string} name @param {string} text @param {string} type */
const saveFile = (name, text, type) => saveBlob(name, new Blob([text], { type }));
const download = () => saveFile('situation.geojson', JSON.stringify(asGeoJson()), 'application/geo+json');

/** Who said it, without what else is told of that ("the article itself; names no town"). @param {{who: string}} q */
const speaker = (q) => q.who.split(/[;؛]/)[0].trim();

function buildFilters() {
  const present = (k) => new Set(D.cards.map((c) => c[k]).filter(Boolean));
  /** @type {[string, string, string[][]][]} */
  const filters = [
    ['kind', tr('kind'), [...present('kind')].map((k) => [k, KINDS[k] || k])],
    ['side', tr('side'), SIDE_IDS.filter((s) => present('side').has(s)).map((s) => [s, SIDES[s].name])],
    ['standing', tr('standing'), [...present('standing')].map((k) => [k, STANDING[k] || k])],
    ['article', tr('article'), Object.entries(D.meta.articles).map(([k, a]) => [k, a.label])],
    ['who', tr('said'), [...new Set(D.cards.flatMap((c) => c.quotes.map(speaker)))].sort().map((w) => [w, w])],
  ];
  for (const [k, name, options] of filters) {
    const s = el('select', { 'data-f': k }, el('option', { value: '' }, tr('all')), ...options.map(([v, t]) => el('option', { value: v }, t)));
    s.addEventListener('change', filter);
    $('#fgrid').append(el('label', {}, name, s));
  }
  $('#sureonly').addEventListener('change', filter);
  $('#fbtn').addEventListener('click', (e) => { const g = $('#fgrid'); g.hidden = !g.hidden; e.currentTarget.setAttribute('aria-expanded', String(!g.hidden)); });
  $('#q').addEventListener('input', filter);
  $('#filtered button').addEventListener('click', () => {
    $('#q').value = '';
    for (const s of $$('[data-f]')) if (s.type === 'checkbox') s.checked = false; else s.value = '';
    filter();
    $('#q').focus();
  });
}

function filter() {
  const words = $('#q').value.trim().toLowerCase(), f = Object.fromEntries($$('[data-f]').map((s) => [s.dataset.f, s.type !== 'checkbox' || s.checked ? s.value : '']));
  const was = [...S.hidden].join();
  S.hidden.clear();
  cards.shown = D.cards.filter((c) => {
    const text = `${c.title} ${c.quotes.map((x) => `${x.text} ${x.who}`).join(' ')}`.toLowerCase();
    const ok = (!words || text.includes(words)) && ['kind', 'side', 'standing', 'sure'].every((k) => !f[k] || c[k] === f[k]) && (!f.article || c.quotes.some((x) => x.article === f.article)) && (!f.who || c.quotes.some((x) => speaker(x) === f.who));
    if (!ok) S.hidden.add(c.id);
    return ok;
  });
  const n = cards.shown.length;
  showCards(AT_ONCE);
  const told = n === D.cards.length ? '' : n ? tr('shown_of', { n, total: D.cards.length }) : tr('no_match');
  $('.count').textContent = told;
  $('#filtered').hidden = !told;
  $('#filtered span').textContent = told;
  $('.count').hidden = n === D.cards.length;
  for (const b of $$('.badge')) b.classList.toggle('filtered', S.hidden.has(b.dataset.c));
  const sure = Boolean(f.sure);
  if (was !== [...S.hidden].join() || sure !== S.sure) { S.sure = sure; redraw(); }
  writeState();
}

/** A map without signs says so where the eye falls first, and what came near is read without a click. */
function sayNothing() {
  if (D.signs.length || D.areas.length || D.places.some((p) => p.base) || TRACKS) return;
  $('#mapbox').append(el('p', { id: 'nothing', class: 'box', role: 'note' }, el('b', {}, tr('nothing')), ` ${tr(D.cards.length ? 'nothing_cards' : 'nothing_why')}`));
  if (!D.cards.length && D.off.length) tab('t-off');
}

/** What stands behind the other tabs is made when the page is drawn, or when somebody is quicker. */
let rest = () => {
  rest = () => {};
  buildOff();
  buildMethod();
};

function tab(id) {
  if (id !== 't-ev') rest();
  for (const t of $$('[role=tab]')) {
    const on = t.id === id;
    t.setAttribute('aria-selected', String(on));
    t.tabIndex = on ? 0 : -1;
    $(`#${t.getAttribute('aria-controls')}`).hidden = !on;
  }
  const strip = $('.ledger');
  if (strip && !strip.scrollLeft) strip.scrollLeft = (RTL ? -1 : 1) * strip.scrollWidth; // the last days first
}

/** Scroll to a card. Cards out of sight have no height yet: a long way is gone at once, and again when they have one. @param {HTMLElement} card */
function bringIntoView(card) {
  const far = Math.abs(card.getBoundingClientRect().top) > 3000;
  card.scrollIntoView({ block: 'start', behavior: far || calm() ? 'auto' : 'smooth' });
  if (far) requestAnimationFrame(() => card.scrollIntoView({ block: 'start' }));
}

/** In a frame there is no room for a card: its words stand under the headline. @param {any} c */
function embedCaption(c) {
  $('#etitle span').textContent = c ? [c.title, STANDING[c.standing] || c.standing, c.by].filter(Boolean).join(' · ') : [[D.meta.country, DAYS.length && S.t !== lastDay() ? fullDay(today()) : KNOWN.asOf].filter(Boolean).join(', '), D.meta.review].filter(Boolean).join(' · ');
}

/** What the panel last told, so that a step in time changes only what is otherwise. */
let toldHead = '';
/** Headline, day and summary of what is shown: of the whole, of an earlier day, or of what was known. */
function tellHead() {
  const last = !DAYS.length || S.t === lastDay(), day = last ? null : today(), words = last ? '' : dayWords(false), fixed = KNOWN.days.some((d) => d.title === null);
  const record = last ? KNOWN : KNOWN.days.filter((d) => d.day <= /** @type {string} */ (day)).pop();
  const title = (fixed && KNOWN.title) || (record && record.title) || tr('situation_on', { day: fullDay(day || '') });
  $('#day').replaceChildren(...(last ? [el('b', {}, KNOWN.asOf), KNOWN === ALL && D.meta.as_of_note ? `. ${D.meta.as_of_note}` : '.'] : [el('b', {}, fullDay(day || '')), words ? `: ${words}.` : '.']));
  const key = [KNOWN.day, title, JSON.stringify(record ? record.summary : '')].join();
  if (key === toldHead) return;
  toldHead = key;
  $('#head h1').replaceChildren(...apart(title));
  $('#head .sum').replaceChildren(...(record ? record.summary : []).map(([lead, text]) => el('li', { dir: 'auto' }, el('b', {}, lead), ` ${text}`)));
  $('#etitle b').replaceChildren(...apart(title));
  embedCaption(CARDS.get(S.sel));
}

/** The choice between all articles and those printed by a day; only where they are of several days. */
function buildKnown() {
  const list = $('#known');
  if (!REPORTED.length || STORY) { $('#knownof').remove(); return; }
  list.append(el('option', { value: '' }, tr('all_articles', { n: Object.keys(D.meta.articles).length })), ...[...REPORTED].reverse().map((r) => el('option', { value: r.day }, fullDay(r.day))));
  list.addEventListener('change', () => setKnown(list.value));
}

/** Choose a card, from the card itself or from its sign. @param {string} id @param {'card'|'map'|'state'} from */
function select(id, from) {
  S.sel = S.sel === id && from === 'card' ? null : id;
  for (const [key, card] of cards.made) card.classList.toggle('sel', key === S.sel);
  const c = CARDS.get(S.sel);
  if (from === 'card' && c && c.at) showOnMap(c.at);
  redraw();
  writeState();
  if (embed) embedCaption(c);
  if (from !== 'map') return;
  tab('t-ev');
  const at = cards.shown.findIndex((x) => x.id === id);
  if (at >= cards.n) showCards(at + 20);
  const card = $(`#c-${CSS.escape(id)}`);
  if (phone()) { sheet('half'); $('#panel').classList.add('card-first'); }
  if (card) bringIntoView(card);
}

/** The phone's bottom sheet. @param {''|'half'|'full'} state */
function sheet(state) {
  const p = $('#panel');
  p.classList.remove('half', 'full', 'card-first');
  if (state) p.classList.add(state);
  $('#grip').setAttribute('aria-expanded', String(Boolean(state)));
}

function buildPanel() {
  const M = D.meta;
  document.title = M.title;
  $('#head .kicker').append(...apart(M.kicker));
  $('#head .asof').append(el('span', { id: 'day' }), M.review ? el('span', { class: `review-state${M.reviewed ? ' done' : ''}` }, M.review) : '');
  buildKnown();
  tellHead();
  markNew();
  embedCaption(null);
  $('#efull').href = location.href.replace(/#.*/, '');
  count();
  buildFilters();
  $('#q').value = S.q;
  for (const [k, v] of S.filters) { const s = $(`[data-f="${CSS.escape(k)}"]`); if (s && s.type === 'checkbox') s.checked = v === s.value; else if (s && [...s.options].some((o) => o.value === v)) s.value = v; }
  filter();
  $$('[role=tab]').forEach((t, i, all) => {
    t.addEventListener('click', () => tab(t.id));
    t.addEventListener('keydown', (e) => {
      const d = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
      if (d) { const n = all[(i + d + all.length) % all.length]; tab(n.id); n.focus(); }
    });
  });
  sayNothing();
  buildQueue();
  $('#grip').addEventListener('click', () => { const p = $('#panel'); sheet(p.classList.contains('half') ? 'full' : p.classList.contains('full') ? '' : 'half'); });
}
