/* Start: the maps, the legend, the address that can be shared. */

/** Leaflet, which stands before this script in the page. @type {any} */
const L = /** @type {any} */ (window).L;
/** @type {any} */
let map, insetMap, overlay, insetOverlay, dense = null;

/** The drawing of the situation, as one layer of a map. */
function makeOverlay(options) {
  const Overlay = L.Layer.extend({
    onAdd(m) {
      this.svg = sv('svg', { class: 'ov leaflet-zoom-animated' });
      const pane = m.getPane('situation') || m.createPane('situation');
      pane.style.zIndex = '420';
      pane.style.pointerEvents = 'none';
      pane.append(this.svg);
      this.draw();
    },
    onRemove() { this.svg.remove(); },
    /** Draw anew only if something is otherwise on the day now shown. */
    step() { if (this.known(() => signature(this.day())) !== this.drawn) this.draw(); },
    /** @template T @param {() => T} act @returns {T} */
    known(act) { return asKnown((options.known && options.known()) || KNOWN, act); },
    day() { return options.day ? options.day() : today(); },
    getEvents() { return { viewreset: this.draw, moveend: this.draw, zoomanim: this.zoom, resize: this.draw }; },
    zoom(e) { L.DomUtil.setTransform(this.svg, this._map._latLngToNewLayerPoint(this.corner, e.zoom, e.center), this._map.getZoomScale(e.zoom, this.z)); },
    draw() { this.known(() => this.drawKnown()); },
    drawKnown() {
      const m = this._map;
      if (!m || !m._loaded) return;
      this.drawn = signature(this.day());
      const size = m.getSize(), pad = size.multiplyBy(0.25).round(), tl = m.containerPointToLayerPoint([0, 0]).subtract(pad);
      this.z = m.getZoom();
      this.corner = m.layerPointToLatLng(tl);
      const w = size.x + 2 * pad.x, h = size.y + 2 * pad.y;
      set(this.svg, { width: w, height: h, viewBox: `0 0 ${w} ${h}` });
      L.DomUtil.setTransform(this.svg, tl, 1);
      const P = (lat, lon) => { const p = m.latLngToLayerPoint([lat, lon]); return [p.x - tl.x, p.y - tl.y]; };
      if (!options.inset && insetMap) $('#inset').classList.toggle('away', insetTooClose(m) || insetUnderButtons());
      paint(this.svg, P, { ...options, day: this.day(), pad: [pad.x, pad.y], size: [size.x, size.y], box: options.inset ? null : insetBox() });
    },
  });
  return new Overlay();
}

/** Whether the map itself is so close that an enlarged part tells nothing more. */
const insetTooClose = (m) => m.getBounds().pad(-0.1).getNorth() - m.getBounds().getSouth() < 2.2 * (D.inset.bbox[3] - D.inset.bbox[1]);

/** Whether the window is so low that the inset would lie under the buttons for the zoom. */
function insetUnderButtons() {
  const a = $('#inset').getBoundingClientRect(), b = $('.zc').getBoundingClientRect();
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** What the inset shows, when it is on the page. */
function insetBox() {
  if (!D.inset || embed || S.before !== null || $('#inset').classList.contains('away') || !insetMap || getComputedStyle($('#inset')).display === 'none') return null;
  const b = insetMap.getBounds();
  return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
}

const eachLayer = (act) => [overlay, insetOverlay, beforeOverlay].forEach((l) => l && act(l));
function redraw() {
  SPRITES.clear();
  eachLayer((l) => l.draw());
  for (const l of [dense, beforeDense]) if (l && l.canvas) l.draw();
  clipDays();
}
/** After a step in time: only what changed is drawn anew. */
function stepDraw() {
  eachLayer((l) => l.step());
  if (dense && dense.canvas) dense.step();
}

/** Pixels between the two signs that stand closest, where a reader must be able to tell them apart. */
const APART = 70;

/** The zoom at which the closest signs stand apart, and so the last that shows more. */
function lastZoom(first) {
  const spots = SITES.slice(0, 400).map((s) => map.project([s.lat, s.lon], first));
  let least = Infinity;
  spots.forEach((p, i) => spots.slice(i + 1).forEach((q) => { const d = p.distanceTo(q); if (d > 0) least = Math.min(least, d); }));
  return Math.min(12, Math.max(first + 2.5, Number.isFinite(least) ? first + Math.log2(APART / least) : 0));
}

/** How far readers may zoom and move: beyond that there is nothing to see. @param {number} first zoom of the whole situation */
function setLimits(first) {
  const [w, s, e, n] = D.base.bbox, wide = 2 * (e - w), high = 2 * (n - s);
  map.setMinZoom(Math.max(1.5, first - 3));
  map.setMaxZoom(Math.max(lastZoom(first), ...(D.views || []).map((v) => map.getBoundsZoom([[v.bbox[1], v.bbox[0]], [v.bbox[3], v.bbox[2]]]))));
  map.options.maxBoundsViscosity = 0.9;
  map.setMaxBounds([[Math.max(-85, s - high), w - wide], [Math.min(85, n + high), e + wide]]);
}

/** Zoom in or out; a closer view that would show no sign moves to the nearest. @param {number} by */
function zoomBy(by) {
  const z = Math.max(map.getMinZoom(), Math.min(map.getMaxZoom(), map.getZoom() + by)), c = map.getCenter(), half = map.getSize().divideBy(2);
  const spots = by > 0 ? D.signs.map((s) => (typeof s.lat === 'number' ? [s.lat, s.lon] : s.path && s.path.length && !Array.isArray(s.path[0][0]) ? s.path[0] : null)).filter(Boolean) : [];
  const off = spots.map((p) => { const q = map.project(p, z).subtract(map.project(c, z)); return { p, x: Math.abs(q.x), y: Math.abs(q.y) }; });
  const nearest = off.sort((a, b) => a.x + a.y - b.x - b.y)[0];
  const lost = nearest && (nearest.x > half.x * 0.8 || nearest.y > half.y * 0.8);
  map.setView(lost ? nearest.p : c, z, { animate: !calm() });
}

/** The whole situation in view, clear of the boxes over the map. */
function home() {
  const [w, s, e, n] = D.base.bbox, width = $('#mapbox').clientWidth;
  const pad = embed ? [[8, width < 480 && $('.badge') ? 50 : 10], [10, 10]] : width < 500 ? [[24, 64], [8, 120]] : width < 900 ? [[40, 54], [16, 60]] : [[$('#legend details[open]') ? 252 : D.signs.length ? 200 : 40, 30], [16, 26]];
  map.setMaxBounds(null);
  map.setMinZoom(0);
  map.setMaxZoom(12);
  place(() => map.fitBounds([[s, w], [n, e]], { paddingTopLeft: pad[0], paddingBottomRight: pad[1], animate: false }));
  setLimits(map.getZoom());
  const middle = map.getCenter(), at = map.latLngToContainerPoint(middle);
  homeKmPx = 1000 / (map.distance(middle, map.containerPointToLatLng([at.x, at.y + 100])) / 100);
  wholeView = viewText();
  if (insetMap) { const b = D.inset.bbox; insetMap.fitBounds([[b[1], b[0]], [b[3], b[2]]], { animate: false, paddingTopLeft: [0, 26] }); }
}

function showOnMap(at) {
  if (map.getBounds().pad(-0.08).contains([at.lat, at.lon])) return;
  map.panTo([at.lat, at.lon], { animate: !calm() });
}

function buildBadges() {
  const box = el('div', { id: 'badges' });
  D.signs.forEach((s, i) => {
    if (s.type !== 'badge' || box.childElementCount > 1) return;
    const b = el('button', { class: 'badge box', type: 'button', 'data-c': s.card, 'data-sign': i }, el('span', { class: 'big', dir: 'auto' }, withDoubt(s, s.big)), el('span', { class: 'lab', dir: 'auto' }, s.label), el('span', { class: 'src', dir: 'auto' }, s.source || ''));
    box.append(b);
  });
  if ($('#badges')) $('#badges').replaceWith(box); else $('#mapbox').append(box);
}

/** Where events lie far apart, a button leads to each part of the map. */
function buildViews() {
  if (!D.views || STORY || embed) return;
  const go = (view) => map.fitBounds([[view.bbox[1], view.bbox[0]], [view.bbox[3], view.bbox[2]]], { paddingTopLeft: phone() ? [16, 110] : [220, 60], paddingBottomRight: phone() ? [16, 60] : [20, 40], animate: !calm() });
  const whole = el('button', { type: 'button', class: 'btn' }, tr('whole'));
  whole.addEventListener('click', () => { home(); S.view = null; writeState(); });
  const row = el('nav', { id: 'views', class: 'box', 'aria-label': tr('parts') }, whole);
  for (const view of D.views) {
    const b = el('button', { type: 'button', class: 'btn', dir: 'auto' }, view.name);
    b.addEventListener('click', () => go(view));
    row.append(b);
  }
  $('#mapbox').append(row);
}

/** The legend: the rows that came with the page; its boxes switch layers. */
function buildLegend() {
  const d = /** @type {HTMLDetailsElement} */ (el('details')), head = (part, t) => d.append(el('div', { class: 'lh', 'data-part': part }, t));
  d.open = document.documentElement.classList.contains('sheet') || (innerWidth > 1280 && innerHeight >= 800);
  d.append(el('summary', {}, tr('key_layers')));
  const item = (g, text, key, n = null) => {
    const row = el(key ? 'label' : 'div', { class: 'li', 'data-row': n }, g, el('span', { dir: 'auto' }, text));
    if (key) {
      const i = /** @type {HTMLInputElement} */ (el('input', { type: 'checkbox', 'data-layer': key }));
      i.checked = !S.off.has(key);
      i.addEventListener('change', () => { if (i.checked) S.off.delete(key); else S.off.add(key); redraw(); writeState(); });
      row.append(i);
    }
    d.append(row);
  };
  const rows = (part) => MARKS.legend.filter((r) => r.part === part);
  for (const [part, words] of [['who', 'who'], ['ring', 'ring'], ['held', 'held'], ['layers', 'layers']]) {
    if (rows(part).length) head(part, tr(words));
    for (const r of rows(part)) item(glyph(r.glyph, r.side, r.before), r.words, r.layer, MARKS.legend.indexOf(r));
  }
  if (TRACKS || D.signs.some((s) => [s.day, s.from_day].some((day) => DAYS.includes(day) && isFresh(s, day)))) item(glyph('fresh', null, null), tr('changed_mark'), null);
  let open = d.open; // browsers tell of the first opening too
  d.addEventListener('toggle', () => { if (d.open !== open) { open = d.open; placeLocator(); redraw(); } });
  if (d.childElementCount > 1) $('#legend').append(d); else $('#legend').remove();
  const whole = drawnRows(''), inFrame = (part) => rows(part).filter((r) => !whole || whole.has(MARKS.legend.indexOf(r)));
  for (const r of inFrame('who')) $('#ekey').append(el('span', {}, glyph(r.side ? 'side' : r.glyph, r.side, null, null, 20, 17), r.side ? SIDES[r.side].short || r.words : r.words));
  const ringed = inFrame('ring').find((r) => r.before), claimed = [...inFrame('ring'), ...inFrame('held')].find((r) => r.glyph === 'claimed' || r.glyph === 'hollow');
  if (ringed) $('#ekey').append(el('span', {}, glyph('stated', ringed.side, ringed.before, null, 20, 17), tr('embed_key_ring')));
  if (claimed) $('#ekey').append(el('span', {}, glyph(claimed.glyph, claimed.side, claimed.before, null, 20, 17), tr('embed_key_claimed')));
}

/** The numbers of the rows of the legend that are drawn on any day, or on one; null where they are not told apart. @param {string} known @param {string|null} [day] @returns {Set<number>|null} */
function drawnRows(known, day) {
  const by = (MARKS.drawn || {})[known];
  if (!by) return null;
  const days = Object.keys(by).filter((d) => !day || d <= day).sort();
  return new Set(day ? by[days[days.length - 1]] : Object.values(by).flat());
}
/** The legend follows the day: what is drawn on another day only stands back, what was never known is not there. */
function legendOfDay() {
  const any = drawnRows(KNOWN.day), now = drawnRows(KNOWN.day, today());
  if (!any || !now) return;
  for (const row of $$('#legend [data-row]')) {
    row.hidden = !any.has(Number(row.dataset.row));
    row.classList.toggle('away', !now.has(Number(row.dataset.row)));
  }
  for (const head of $$('#legend [data-part]')) {
    const own = MARKS.legend.flatMap((r, i) => (r.part === head.dataset.part ? [i] : []));
    head.hidden = !own.some((i) => any.has(i));
    head.classList.toggle('away', !own.some((i) => now.has(i)));
  }
}

/* The state of the page in the address: day, chosen card, layers off. */
let quiet = true, later;
/** @type {number[]} */
const written = [];
/** The state as the end of an address; empty for the page as it opens. */
function stateText() {
  if (STORY && storyOn()) return story.at ? `#chapter=${story.at + 1}` : '';
  const q = new URLSearchParams();
  if (embedAsked) q.set('embed', '');
  if (today() && S.t !== lastDay()) q.set('d', today());
  if (KNOWN !== ALL) q.set('k', KNOWN.day);
  if (S.sel) q.set('sel', S.sel);
  if (S.before !== null) q.set('cmp', S.beforeKnown ? `k${S.beforeKnown.day}` : DAYS[S.before]);
  if (S.off.size) q.set('off', [...S.off].join(','));
  if (S.view) q.set('v', S.view);
  const words = $('#q').value.trim();
  if (words) q.set('q', words);
  for (const s of $$('[data-f]')) if (s.value && (s.type !== 'checkbox' || s.checked)) q.set(`f-${s.dataset.f}`, s.value);
  const hash = q.toString().replace(/=(?=&|$)/g, '').replace(/%2C/g, ',');
  return hash ? `#${hash}` : '';
}
function writeState() {
  if (quiet) return;
  const address = stateText() || location.href.replace(/#.*/, '');
  // browsers refuse more than some 200 writes in half a minute: of a long run of them only the last counts
  const now = performance.now();
  clearTimeout(later);
  while (written.length && now - written[0] > 5000) written.shift();
  if (written.length >= 20) { later = setTimeout(writeState, 300); return; }
  written.push(now);
  try { history.replaceState(null, '', address); } catch { /* a sandboxed frame may not: the page works without */ }
}
function readState() {
  const q = new URLSearchParams(location.hash.slice(1));
  for (const k of (q.get('off') || '').split(',')) if (k) S.off.add(k);
  const i = DAYS.indexOf(q.get('d'));
  if (i >= 0) S.t = i;
  const j = DAYS.indexOf(q.get('cmp'));
  if (j >= 0 && j < S.t) S.before = j;
  if (REPORTED.some((r) => r.day === q.get('k'))) S.known = q.get('k');
  S.beforeKnown = REPORTED.find((r) => `k${r.day}` === q.get('cmp')) || null;
  if (S.beforeKnown) S.before = S.t;
  if (CARDS.has(q.get('sel'))) S.sel = q.get('sel');
  S.view = q.get('v');
  S.q = q.get('q') || '';
  S.filters = [...q].filter(([k]) => k.startsWith('f-')).map(([k, v]) => [k.slice(2), v]);
  checkDay(q.get('d'));
}

/** Lay the page out for paper, or for the screen again. @param {boolean} on */
function onPaper(on) {
  if (STORY && storyOn()) return; // a story prints its words and pictures as they are
  const root = document.documentElement.classList, key = $('#legend details');
  if (on && root.contains('evidence')) { rest(); showCards(D.cards.length); }
  root.toggle('sheet', on);
  if (!on) root.remove('evidence');
  if (key) { wasOpen = on ? key.open : wasOpen; key.open = on || wasOpen; }
  relayout();
}
let wasOpen = false;

function relayout() {
  if (!$('#mapbox').clientWidth || !$('#mapbox').clientHeight) return; // a frame that is folded away has no size; what is drawn stays
  place(() => map.invalidateSize({ animate: false }));
  if (insetMap) insetMap.invalidateSize({ animate: false });
  home();
  if (!document.documentElement.classList.contains('sheet')) goTo(S.view);
  bars();
  placeLocator();
  redraw();
  if (STORY && storyOn()) storyView(false);
  tellHeight();
}

/**
 * Start as soon as the page has a size: a frame in a closed tab or fold has none. The part without scripts stays if something fails.
 * @param {any} m the folium map
 */
function start(m) {
  if (!innerWidth || !innerHeight) { addEventListener('resize', () => start(m), { once: true }); return; }
  const plain = $('#plain'), app = $('#app');
  if (plain) plain.remove();
  app.hidden = false;
  embed = !STORY && (embedAsked || smallFrame());
  if (STORY) document.body.classList.add('story');
  try {
    begin(m);
  } catch (error) {
    app.hidden = true;
    document.body.classList.remove('story');
    if (plain) document.body.prepend(plain);
    throw error;
  }
}

/** @param {any} m the folium map */
function begin(m) {
  map = m;
  if (embed) document.body.classList.add('embed');
  readState();
  applyTheme();
  localise();
  const box = map.getContainer();
  box.classList.add('mg-map');
  box.setAttribute('role', 'application');
  box.setAttribute('aria-label', D.meta.country ? tr('map_of', { country: D.meta.country }) : tr('map_plain'));
  $('#mapbox').prepend(box);
  if (embed) map.scrollWheelZoom.disable();
  buildPanel();
  buildBadges();
  buildViews();
  buildLegend();
  buildTime();
  buildCompare();
  if (STORY) beginStory();
  // who made what, short; whole and with the rest under Method and credits
  $('#credit').append(D.meta.credits.filter((c) => /\)$|^Roads:/.test(c)).map((c) => c.replace(/^[^:]*: /, '')).join(' · '));
  if (D.inset && !embed) $('#inset .cap span').append(...apart(D.inset.title));
  else $('#inset').remove();
  // the page is laid out once, here; then the views are set, and what is drawn is drawn for them
  map.invalidateSize({ animate: false });
  if (D.inset && !embed) {
    insetMap = L.map('imap', { zoomControl: false, attributionControl: false, zoomSnap: 0.05, dragging: false, scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false, keyboard: false });
    const b = D.inset.bbox;
    $('#inset button').addEventListener('click', () => map.fitBounds([[b[1], b[0]], [b[3], b[2]]], { animate: !calm() }));
  }
  bars();
  home();
  if (!goTo(S.view)) S.view = null;
  map.on('moveend', noteView);
  overlay = makeOverlay({ container: box, inset: false });
  if (TRACKS) {
    dense = makeDense(() => S.t);
    dense.addTo(map);
    map.on('click', (e) => {
      const i = dense.nearest(e.containerPoint);
      if (i !== null) L.popup().setLatLng([TRACKS.lat[i], TRACKS.lon[i]]).setContent(trackStory(i, S.t)).openOn(map);
    });
  }
  map.on('zoomend moveend resize', () => scaleBar(map)); // before the overlay, whose names stay clear of it
  scaleBar(map);
  locator();
  placeLocator();
  overlay.addTo(map);
  drawBase(map);
  $('.skip[href="#mapbox"]').addEventListener('click', (e) => { e.preventDefault(); box.focus(); });
  $('#mapbox').addEventListener('click', (e) => { const h = e.target.closest('[data-c]'); if (!h) return; if (STORY && storyOn()) storyEvidence(h.dataset.c); else select(h.dataset.c, 'map'); });
  $('#mapbox').addEventListener('keydown', (e) => { const h = e.target.closest('.hit'); if (h && (e.key === 'Enter' || e.key === ' ')) { e.preventDefault(); if (STORY && storyOn()) { storyEvidence(h.dataset.c); return; } select(h.dataset.c, 'map'); $(`#c-${CSS.escape(h.dataset.c)} .chead`)?.focus({ preventScroll: true }); } });
  $$('.zc button').forEach((b) => b.addEventListener('click', () => {
    const z = b.dataset.z;
    if (z === '1') zoomBy(0.75); else if (z === '-1') zoomBy(-0.75); else if (z === '0') { if (STORY && storyOn()) { storyView(true); return; } home(); S.view = null; writeState(); }
    else {
      const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme:dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      applyTheme();
      redraw();
    }
  }));
  matchMedia('(prefers-color-scheme:dark)').addEventListener('change', applyTheme);
  if (S.known && !STORY) setKnown(S.known); else setDay(S.t);
  if (STORY) runStory();
  if (S.sel) select(S.sel, 'state');
  if (S.before !== null && !embed) { const known = S.beforeKnown; S.beforeKnown = null; compareWith(S.before, known); }
  let waiting;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(relayout, 120); });
  addEventListener('beforeprint', () => onPaper(true));
  addEventListener('afterprint', () => onPaper(false));
  const laid = $('#mapbox').getBoundingClientRect();
  withNextPicture(() => {
    performance.mark('usable'); // the map is shown and can be touched; the enlargement comes with the next picture
    withNextPicture(() => finish(laid));
  });
}

/**
 * Do something as the next picture is drawn. A browser draws none of a frame that is scrolled out of
 * sight, and a report is printed with such frames in it: there it is done after a second.
 * @param {() => void} what
 */
function withNextPicture(what) {
  let done = false;
  const once = () => { if (!done) { done = true; what(); } };
  requestAnimationFrame(once);
  setTimeout(once, 1000);
}

/** What can wait until the map is seen. @param {DOMRect} laid the box that the map was drawn for */
function finish(laid) {
  if (insetMap) { insetOverlay = makeOverlay({ container: $('#imap'), inset: true }); insetOverlay.addTo(insetMap); drawBase(insetMap); }
  const now = $('#mapbox').getBoundingClientRect();
  if (now.width !== laid.width || now.height !== laid.height) relayout();
  quiet = false;
  tellHeight();
  document.body.dataset.ready = '1';
  setTimeout(() => rest(), 0);
}

/** @type {any} */ (window).mapgen = { start, phase, holderOf, lookOf, arrowWidth, labelOrder, placeLabels, boxAt, arc, smooth, trimStart, asGeoJson, situationCsv, citation, svgText, data: D, map: () => map, unpackTracks, digits, isFresh, heldBefore, setKnown };
