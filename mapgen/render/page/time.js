/* The time bar: bars of claims per day, a slider, play, and steps between changes. */

const CHANGES = [...new Set(D.signs.flatMap((s) => [s.from_day, s.day]).filter((d) => d && DAYS.includes(d)))].sort().map((d) => DAYS.indexOf(d));

function bars() {
  const s = $('#bars'), w = $('#track').clientWidth, h = $('#track').clientHeight;
  if (!w || !DAYS.length) return;
  s.replaceChildren();
  s.setAttribute('viewBox', `0 0 ${w} ${h}`);
  const n = DAYS.length, step = n > 1 ? (w - 16) / (n - 1) : 0, X = (i) => (n > 1 ? 8 + i * step : w - 20), y0 = h - 26;
  const bw = Math.max(2, Math.min(26, (step || 52) * 0.5)), most = Math.max(1, ...D.bars.map((b) => b.n)), unit = (y0 - 16) / most;
  s.append(sv('line', { x1: 0, x2: w, y1: y0 + 0.5, y2: y0 + 0.5, class: 'axis' }));
  if (D.span && DAYS.includes(D.span.start) && DAYS.includes(D.span.end)) {
    const a = X(DAYS.indexOf(D.span.start)), b = X(DAYS.indexOf(D.span.end)), y1 = y0 - 9;
    s.append(sv('path', { d: `M${a} ${y1 - 4}V${y1 + 4}M${a} ${y1}H${b - bw / 2 - 4}`, class: 'span', 'stroke-dasharray': '3 2.5' }));
    // the words of a bar stand to its left: leave them their room
    const bar = D.bars.find((x) => x.day === D.span.end && x.n === most);
    const room = b - a - 20 - (bar ? (w > 420 ? 128 : 26) : 0);
    const text = D.span.label.length * 6 < room ? D.span.label : D.span.label.split(':')[0];
    if (text.length * 5.6 < room) s.append(sv('text', { x: a + 6, y: y1 - 6 }, text));
  }
  for (const b of D.bars) {
    const i = DAYS.indexOf(b.day);
    if (i < 0) continue;
    const x = Math.max(0, Math.min(X(i) - bw / 2, w - bw)), top = y0 - unit * b.n;
    s.append(sv('rect', { x, y: top, width: bw, height: unit * b.n, class: `bar${b.inferred ? ' inferred' : ''}` }));
    const words = `${b.n} claim${b.n === 1 ? '' : 's'}${b.inferred ? ', day inferred' : ''}`;
    if (b.n === most) s.append(sv('text', { x: i > n / 2 ? x - 5 : x + bw + 5, y: top + 9, 'text-anchor': i > n / 2 ? 'end' : 'start' }, w > 420 ? words : String(b.n)));
  }
  const every = Math.max(1, Math.ceil(62 / Math.max(step, 1)));
  DAYS.forEach((d, i) => {
    if (n < 90) s.append(sv('line', { x1: X(i), x2: X(i), y1: y0, y2: y0 + 4, class: 'axis' }));
    const current = i === S.t, ends = i === 0 || i === n - 1;
    if (!current && !(ends || (i % every === 0 && n - 1 - i >= every)) ) return;
    if (!current && Math.abs(X(i) - X(S.t)) < 52) return;
    s.append(sv('text', { x: X(i), y: h - 2, 'text-anchor': i === 0 ? 'start' : i === n - 1 ? 'end' : 'middle', dx: i === 0 ? -8 : i === n - 1 ? 8 : 0, class: current ? 'cur' : '' }, dayText(d)));
  });
  s.append(sv('circle', { cx: X(S.t), cy: y0, r: 7, class: 'knob' }));
}

/** What is so on the day shown, in words. */
function dayWords() {
  const last = S.t === DAYS.length - 1, live = D.signs.filter((s) => phase(s, today()) !== 'before');
  if (last) return 'as the articles have it';
  if (!live.length) return D.places.some((p) => p.base) ? 'before the articles: baseline only' : 'before the articles';
  const open = [...new Set(live.filter((s) => phase(s, today()) === 'span' && s.name).map((s) => s.name))];
  return open.length ? `${open.slice(0, 3).join(', ')}: changing, day unknown` : `${live.length} sign${live.length === 1 ? '' : 's'}`;
}

function setDay(t) {
  if (!DAYS.length) { $('.now b').textContent = D.meta.as_of_text; return; }
  S.t = Math.max(0, Math.min(DAYS.length - 1, t));
  const slider = $('#slider'), text = fullDay(today()), words = dayWords();
  slider.value = S.t;
  slider.setAttribute('aria-valuetext', `${text}, ${words}`);
  $('.now b').textContent = (S.t === DAYS.length - 1 && /^About/.test(D.meta.as_of_text) ? 'About ' : '') + text;
  $('.now span').textContent = words;
  for (const b of $$('.badge')) b.style.visibility = phase(D.signs[Number(b.dataset.sign)], today()) === 'before' ? 'hidden' : '';
  bars();
  redraw();
  writeState();
}

let timer = null;
function playIcon() {
  $('#play').replaceChildren(sv('svg', { width: 14, height: 14, 'aria-hidden': 'true' }, sv('path', { d: timer ? 'M2 1h4v12H2zM8 1h4v12H8z' : 'M2 1l11 6-11 6z', fill: 'currentColor' })));
  $('#play').setAttribute('aria-label', timer ? 'Pause' : 'Play');
}
function stopPlay() { clearInterval(timer); timer = null; playIcon(); }

function buildTime() {
  const slider = $('#slider');
  slider.max = Math.max(0, DAYS.length - 1);
  slider.addEventListener('input', (e) => setDay(Number(e.target.value)));
  $('#next').addEventListener('click', () => setDay(CHANGES.find((c) => c > S.t) ?? DAYS.length - 1));
  $('#prev').addEventListener('click', () => setDay([...CHANGES].reverse().find((c) => c < S.t) ?? 0));
  $('#play').addEventListener('click', () => {
    if (timer) { stopPlay(); return; }
    if (S.t >= DAYS.length - 1) setDay(0);
    timer = setInterval(() => { if (S.t >= DAYS.length - 1) stopPlay(); else setDay(S.t + 1); }, 700);
    playIcon();
  });
  playIcon();
  if (DAYS.length < 2) document.body.classList.add('oneday');
}
