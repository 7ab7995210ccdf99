/* Two days side by side: the earlier left of a line that can be dragged, the day of the slider right of it. */

/** @type {any} */
let beforeOverlay = null, beforeDense = null;

/** Cut the layers of a day to their side of the line. */
function clipDays() {
  if (!beforeOverlay || !overlay) return;
  const size = map.getSize(), x = Math.round(S.split * size.x), box = map.getContainer().getBoundingClientRect();
  const cut = (node, left) => {
    if (!node) return;
    const r = node.getBoundingClientRect(), at = x - (r.left - box.left);
    node.style.clipPath = left ? `inset(0 ${Math.max(0, r.width - at)}px 0 0)` : `inset(0 0 0 ${Math.max(0, at)}px)`;
  };
  cut(overlay.svg, false);
  cut(beforeOverlay.svg, true);
  if (dense) for (const part of ['canvas', 'over']) { cut(dense[part], false); cut(beforeDense[part], true); }
  const line = $('#split');
  $('#cmp').style.left = `${x}px`;
  line.setAttribute('aria-valuenow', String(Math.round(S.split * 100)));
  line.setAttribute('aria-valuetext', tr('split_value', { n: Math.round(S.split * 100) }));
}

/** The days over both halves. */
function chips() {
  if (S.before === null) return;
  $('#after').textContent = fullDay(today());
  const list = $('#from');
  const value = S.beforeKnown ? `k${S.beforeKnown.day}` : String(S.before);
  if (list.value !== value) list.value = value;
  for (const o of list.options) o.disabled = o.value.startsWith('k') ? KNOWN !== ALL && o.value.slice(1) >= KNOWN.day : Number(o.value) >= S.t;
}

/** @param {number|null} day position of the earlier day; null ends the comparison @param {Known|null} [known] what was known earlier, on the day shown */
function compareWith(day, known = null) {
  if (known && known !== S.beforeKnown) S.split = betweenKnown(known);
  S.before = known ? S.t : day;
  S.beforeKnown = known;
  const on = day !== null;
  $('#compare').setAttribute('aria-pressed', String(on));
  $('#cmp').hidden = !on;
  document.body.classList.toggle('comparing', on);
  if (on && !beforeOverlay) {
    const options = { container: map.getContainer(), inset: false, day: () => DAYS[/** @type {number} */ (S.before)] || null, known: () => S.beforeKnown, quiet: true };
    if (TRACKS) { beforeDense = makeDense(() => /** @type {number} */ (S.before)); beforeDense.addTo(map); }
    beforeOverlay = makeOverlay(options);
    beforeOverlay.addTo(map);
    map.on('move zoomend moveend resize', clipDays);
  } else if (!on && beforeOverlay) {
    map.off('move zoomend moveend resize', clipDays);
    beforeOverlay.remove();
    if (beforeDense) beforeDense.remove();
    beforeOverlay = null;
    beforeDense = null;
    for (const n of [overlay.svg, dense && dense.canvas, dense && dense.over]) if (n) n.style.clipPath = '';
  }
  chips();
  knob();
  redraw();
  clipDays();
  writeState();
}

/** Where the line shows most of what was not known, or known otherwise. @param {Known} known */
function betweenKnown(known) {
  const other = [...KNOWN.signs, ...known.signs].filter((s) => typeof s.lon === 'number' && !(KNOWN.signs.includes(s) && known.signs.includes(s)));
  const xs = other.map((s) => map.latLngToContainerPoint([s.lat, s.lon]).x / map.getSize().x);
  return xs.length ? Math.max(0.2, Math.min(0.8, xs.reduce((a, b) => a + b, 0) / xs.length)) : 0.5;
}

/** Where the line shows most: through the middle of what changes between two days. */
function between(first, last) {
  const xs = D.signs.filter((s) => typeof s.lon === 'number' && phase(s, DAYS[first]) !== phase(s, DAYS[last])).map((s) => map.latLngToContainerPoint([s.lat, s.lon]).x / map.getSize().x);
  return xs.length ? Math.max(0.2, Math.min(0.8, xs.reduce((a, b) => a + b, 0) / xs.length)) : 0.5;
}

function buildCompare() {
  if (DAYS.length < 2) { $('#compare').remove(); $('#cmp').remove(); return; }
  const line = $('#split'), choices = [...new Set([0, ...CHANGES])].filter((i) => i < DAYS.length - 1);
  const few = choices.length > 60 ? choices.filter((_, i) => i % Math.ceil(choices.length / 60) === 0) : choices;
  const days = few.map((i) => el('option', { value: i }, fullDay(DAYS[i])));
  if (!REPORTED.length) $('#from').append(...days);
  else $('#from').append(el('optgroup', { label: tr('compare_days') }, ...days), el('optgroup', { label: tr('as_reported') }, ...REPORTED.map((r) => el('option', { value: `k${r.day}` }, tr('reported_by', { day: fullDay(r.day) })))));
  $('#from').addEventListener('change', (e) => { const known = REPORTED.find((r) => `k${r.day}` === e.target.value); if (known) compareWith(S.t, known); else compareWith(Number(e.target.value)); });
  $('#compare').addEventListener('click', () => {
    if (S.before !== null) { compareWith(null); return; }
    if (S.t === 0) setDay(DAYS.length - 1);
    S.split = between(0, S.t);
    compareWith(0);
  });
  const move = (share) => { S.split = Math.max(0.02, Math.min(0.98, share)); clipDays(); };
  line.addEventListener('pointerdown', (e) => {
    e.preventDefault();
    line.setPointerCapture(e.pointerId);
    line.focus({ preventScroll: true });
  });
  line.addEventListener('pointermove', (e) => {
    if (!line.hasPointerCapture(e.pointerId)) return;
    const r = $('#mapbox').getBoundingClientRect();
    move((e.clientX - r.left) / r.width);
  });
  line.addEventListener('keydown', (e) => {
    const d = { ArrowRight: 0.02, ArrowLeft: -0.02, PageUp: 0.1, PageDown: -0.1, Home: -1, End: 1 }[e.key];
    if (d) { e.preventDefault(); move(S.split + d); }
  });
}
