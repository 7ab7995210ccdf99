/* The time bar: bars of claims per day, a slider, play at three speeds, and steps between changes. */

const CHANGES = [...new Set([...D.signs.flatMap((s) => [s.from_day, s.day]).filter((d) => d && DAYS.includes(d)).map((d) => DAYS.indexOf(d)), ...(TRACKS ? new Set(TRACKS.day) : [])])].sort((a, b) => a - b);
const SPEEDS = [1, 2, 5];
const STEP_MS = 700;

/** Where the days stand on the track, as last drawn. */
const scale = { n: 0, step: 0, w: 0, h: 0, y0: 0, x: (/** @type {number} */ i) => i };

/** Whether two boxes touch. @param {DOMRect} a @param {DOMRect} b */
const overlap = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** All of the bar that stays as it is while the day changes. */
function bars() {
  const s = $('#bars'), w = $('#track').clientWidth, h = $('#track').clientHeight;
  if (!w || !DAYS.length) return;
  s.replaceChildren();
  s.setAttribute('viewBox', `0 0 ${w} ${h}`);
  const n = DAYS.length, step = n > 1 ? (w - 16) / (n - 1) : 0, y0 = h - 26;
  const X = (i) => (n > 1 ? (RTL ? w - 8 - i * step : 8 + i * step) : w - 20);
  Object.assign(scale, { n, step, w, h, y0, x: X });
  const bw = Math.max(2, Math.min(26, (step || 52) * 0.5)), most = Math.max(1, ...D.bars.map((b) => b.n)), unit = (y0 - 16) / most;
  s.append(sv('line', { x1: 0, x2: w, y1: y0 + 0.5, y2: y0 + 0.5, class: 'axis' }));
  if (D.span && !RTL && DAYS.includes(D.span.start) && DAYS.includes(D.span.end)) {
    const a = X(DAYS.indexOf(D.span.start)), b = X(DAYS.indexOf(D.span.end)), y1 = y0 - 9;
    s.append(sv('path', { d: `M${a} ${y1 - 4}V${y1 + 4}M${a} ${y1}H${b - bw / 2 - 4}`, class: 'span', 'stroke-dasharray': '3 2.5' }));
    // the words of a bar stand to its left: leave them their room
    const bar = D.bars.find((x) => x.day === D.span.end && x.n === most);
    const room = b - a - 20 - (bar ? (w > 420 ? 128 : 26) : 0);
    const text = D.span.label.length * 6 < room ? D.span.label : D.span.label.split(':')[0];
    if (text.length * 5.6 < room) s.append(sv('text', { x: a + 6, y: y1 - 6, class: 'spannote' }, text));
  }
  // of several equal bars one is counted: the last, which is nearest to the day that the page opens with
  const at = new Map(DAYS.map((d, i) => [d, i])), tallest = most > 1 ? D.bars.filter((b) => b.n === most).pop() : null;
  for (const b of D.bars) {
    const i = at.get(b.day);
    if (i === undefined) continue;
    const x = Math.max(0, Math.min(X(i) - bw / 2, w - bw)), top = y0 - unit * b.n;
    s.append(sv('rect', { x, y: top, width: bw, height: unit * b.n, class: `bar${b.inferred && bw > 4 ? ' inferred' : ''}`, 'data-day': b.day }));
    if (b !== tallest) continue;
    const words = b.inferred ? tr(b.n === 1 ? 'claims_inferred_one' : 'claims_inferred', { n: b.n }) : tr('claims_n', { n: b.n }), left = X(i) > w / 2;
    s.append(sv('text', { class: 'tally', x: left ? x - 5 : x + bw + 5, y: top + 9, 'text-anchor': left ? 'end' : 'start', style: 'direction:ltr' }, w > 420 ? words : String(b.n)));
  }
  clearTallies(s);
  const note = s.querySelector('.spannote');
  // above the highest bar there is always room for one line
  if (note && $$('.bar', s).some((c) => overlap(note.getBBox(), c.getBBox()))) note.setAttribute('y', '10');
  if (note && [...s.querySelectorAll('.tally')].some((c) => overlap(note.getBBox(), c.getBBox()))) note.remove();
  if (TRACKS) trackBars(s);
  ticks(s);
  s.append(sv('circle', { id: 'before', cy: y0, r: 5 }), sv('circle', { id: 'knob', cy: y0, r: 7, class: 'knob' }), sv('text', { id: 'cur', y: h - 2, 'text-anchor': 'middle', class: 'cur' }));
  knob();
}

/**
 * Steps of the calendar, the finest first: which days begin one, how many days it has, and how it is written.
 * @type {[(day: string) => boolean, number, (day: string) => string][]}
 */
const CALENDAR = [
  [() => true, 1, dayText],
  [(d) => Number(d.slice(8)) % 2 === 0, 2, dayText],
  [(d) => new Date(`${d}T00:00:00Z`).getUTCDay() === 1, 7, dayText],
  [(d) => /-(01|15)$/.test(d), 14, dayText],
  [(d) => d.endsWith('-01'), 28, (d) => (d.slice(5, 7) === '01' ? d.slice(0, 4) : MONTHS[Number(d.slice(5, 7)) - 1])],
  [(d) => /-(01|04|07|10)-01$/.test(d), 90, (d) => (d.slice(5, 7) === '01' ? d.slice(0, 4) : MONTHS[Number(d.slice(5, 7)) - 1])],
  [(d) => d.endsWith('-01-01'), 365, (d) => d.slice(0, 4)],
];

/** The first and the last day, and between them days, weeks, months or years as there is room; no two labels touch. @param {SVGElement} s */
function ticks(s) {
  const { n, step, w, h, y0, x } = scale, ends = n > 200 ? fullDay : dayText, room = n > 200 ? 100 : 62;
  const [begins, , words] = CALENDAR.find(([, days]) => days * step >= 62) || CALENDAR[CALENDAR.length - 1];
  const place = (i) => Math.max(n > 200 ? 40 : 26, Math.min(w - (n > 200 ? 40 : 26), x(i)));
  /** @type {[number, string][]} */
  const told = [[0, ends(DAYS[0])], ...(n > 1 ? [/** @type {[number, string]} */ ([n - 1, ends(DAYS[n - 1])])] : [])];
  DAYS.forEach((d, i) => {
    const first = begins(d);
    if (first || n < 90) s.append(sv('line', { x1: x(i), x2: x(i), y1: y0, y2: y0 + (first && n >= 15 ? 6 : 4), class: 'axis' }));
    if (first && told.every(([j], k) => Math.abs(place(i) - place(j)) >= (k < 2 ? room : 50))) told.push([i, words(d)]);
  });
  for (const [i, text] of told) s.append(sv('text', { x: place(i), y: h - 2, 'text-anchor': 'middle', 'data-i': i }, text));
}

/** Of counts that would touch each other or a bar, only the last stays. */
function clearTallies(s) {
  const kept = $$('.bar', s).map((b) => b.getBBox());
  for (const tally of $$('.tally', s).reverse()) {
    const box = tally.getBBox();
    if (kept.some((k) => overlap(k, box))) tally.remove(); else kept.push(box);
  }
}

/** Changes of the tracks per day, as one outline. */
function trackBars(s) {
  const count = new Uint32Array(DAYS.length);
  TRACKS.day.forEach((d) => { count[d] += 1; });
  const most = Math.max(1, ...count), { x, y0 } = scale;
  s.append(sv('path', { class: 'changes', d: `M${x(0)} ${y0}${[...count].map((c, i) => `L${x(i).toFixed(1)} ${(y0 - ((y0 - 16) * c) / most).toFixed(1)}`).join('')}L${x(DAYS.length - 1)} ${y0}Z` }));
}

/** The knob and its day: all that moves with the slider. */
function knob() {
  if (!$('#knob')) return;
  const x = scale.x(S.t), text = $('#cur'), at = Math.max(26, Math.min(scale.w - 26, x)), reach = scale.n > 200 ? 74 : 52;
  $('#knob').setAttribute('cx', x);
  const b = $('#before');
  b.style.display = S.before === null ? 'none' : '';
  if (S.before !== null) b.setAttribute('cx', scale.x(S.before));
  if (REPORTED.length) for (const bar of $$('#bars .bar')) bar.classList.toggle('late', bar.dataset.day > DAYS[lastDay()]);
  text.textContent = dayText(DAYS[S.t]);
  text.setAttribute('x', at);
  for (const l of $$('#bars text[data-i]')) l.style.visibility = Math.abs(Number(l.getAttribute('x')) - at) < reach ? 'hidden' : '';
}

/** What is so on the day shown, in words; how many signs there are is told only where it is asked for. @param {boolean} [counted] */
function dayWords(counted = true) {
  if (TRACKS && dense) return heldWords(dense.holders.seek(S.t));
  const last = S.t === lastDay(), live = D.signs.filter((s) => stands(s, today()));
  if (last) return tr(KNOWN === ALL ? 'as_articles' : 'as_known');
  if (!live.length) return D.places.some((p) => p.base) ? tr('before_baseline') : tr('before_articles');
  const fresh = [...new Set(live.filter((s) => isFresh(s, today())).map((s) => s.name).filter(Boolean))];
  const open = [...new Set(live.filter((s) => phase(s, today()) === 'span' && s.name).map((s) => s.name))];
  if (open.length) return tr('changing', { names: open.slice(0, 3).join(', ') });
  return fresh.length ? tr('changed_today', { names: fresh.slice(0, 3).join(', ') }) : counted ? tr('signs_n', { n: live.length }) : '';
}

function setDay(t) {
  if (!DAYS.length) { $('.now b').textContent = D.meta.as_of_text; return; }
  if (!quiet) $('#notice').hidden = true;
  S.t = Math.max(0, Math.min(lastDay(), t));
  if (S.beforeKnown) S.before = S.t;
  const slider = $('#slider'), text = fullDay(today()), words = dayWords();
  slider.value = S.t;
  slider.setAttribute('aria-valuetext', `${text}, ${words}`);
  $('.now b').textContent = (S.t === lastDay() && KNOWN === ALL && D.meta.as_of_text.startsWith(tr('about')) ? `${tr('about')} ` : '') + text;
  $('.now span').textContent = words;
  for (const b of $$('.badge')) b.style.visibility = !stands(D.signs[Number(b.dataset.sign)], today()) ? 'hidden' : '';
  tellHead();
  legendOfDay();
  knob();
  stepDraw();
  chips();
  writeState();
}

/** Draw, list and tell what the articles printed by a day had reported. @param {string} day a day of publication; empty for all articles */
function setKnown(day) {
  const latest = S.t === lastDay();
  know(REPORTED.find((r) => r.day === day) || ALL);
  $('#known').value = KNOWN.day;
  if (S.sel && !D.cards.some((c) => c.id === S.sel)) S.sel = null;
  if (S.beforeKnown && KNOWN !== ALL && S.beforeKnown.day >= KNOWN.day) compareWith(null);
  buildBadges();
  count();
  offOfDay();
  filter();
  setDay(latest ? lastDay() : S.t);
  redraw();
}

let timer = null, speed = 0;
function playIcon() {
  $('#play').replaceChildren(sv('svg', { width: 14, height: 14, 'aria-hidden': 'true' }, sv('path', { d: timer ? 'M2 1h4v12H2zM8 1h4v12H8z' : 'M2 1l11 6-11 6z', fill: 'currentColor' })));
  $('#play').setAttribute('aria-label', tr(timer ? 'pause' : 'play'));
}
function stopPlay() { clearInterval(timer); timer = null; playIcon(); }
function startPlay() {
  clearInterval(timer);
  timer = setInterval(() => { if (S.t >= lastDay()) stopPlay(); else setDay(S.t + 1); }, STEP_MS / SPEEDS[speed]);
  playIcon();
}
function speedText() {
  $('#speed').textContent = `${SPEEDS[speed]}×`;
  $('#speed').setAttribute('aria-label', tr('speed', { n: SPEEDS[speed] }));
}

function buildTime() {
  const slider = $('#slider');
  slider.max = Math.max(0, DAYS.length - 1);
  slider.addEventListener('input', (e) => setDay(Number(e.target.value)));
  $('#next').addEventListener('click', () => setDay(CHANGES.find((c) => c > S.t) ?? DAYS.length - 1));
  $('#prev').addEventListener('click', () => setDay([...CHANGES].reverse().find((c) => c < S.t) ?? 0));
  $('#play').addEventListener('click', () => {
    if (timer) { stopPlay(); return; }
    if (S.t >= lastDay()) setDay(0);
    startPlay();
  });
  $('#speed').addEventListener('click', () => { speed = (speed + 1) % SPEEDS.length; speedText(); if (timer) startPlay(); });
  speedText();
  playIcon();
  if (DAYS.length < 2) document.body.classList.add('oneday');
}
