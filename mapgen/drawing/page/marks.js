/* The marks: a shape per side, a ring for who held a place before, arrows. Colour is never alone. */

/** @param {number[][]} pts */
const points = (pts) => pts.map((p) => p.map((v) => v.toFixed(1)).join(',')).join(' ');
/** @param {number[][]} pts */
const pathOf = (pts) => `M${pts.map((p) => p.map((v) => v.toFixed(1)).join(' ')).join('L')}`;

const polygonAt = (x, y, q, n, turn) =>
  Array.from({ length: n }, (_, i) => [x + q * Math.sin(turn + (i * 2 * Math.PI) / n), y - q * Math.cos(turn + (i * 2 * Math.PI) / n)]);

/** The shape of a side, centred. @param {string|null} side @param {number} x @param {number} y @param {number} r */
function shape(side, x, y, r) {
  switch (side && SIDES[side] ? SIDES[side].shape : 'circle') {
    case 'diamond': return sv('polygon', { points: points(polygonAt(x, y, r * 1.25, 4, 0)) });
    case 'triangle': return sv('polygon', { points: points([[x, y - r * 1.25], [x + r * 1.19, y + r * 0.9], [x - r * 1.19, y + r * 0.9]]) });
    case 'square': return sv('rect', { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 });
    case 'hexagon': return sv('polygon', { points: points(polygonAt(x, y, r * 1.12, 6, 0)) });
    case 'pentagon': return sv('polygon', { points: points(polygonAt(x, y, r * 1.18, 5, 0)) });
    case 'star': return sv('polygon', { points: points(Array.from({ length: 10 }, (_, i) => {
      const q = i % 2 ? r * 0.62 : r * 1.3;
      return [x + q * Math.sin((i * Math.PI) / 5), y - q * Math.cos((i * Math.PI) / 5)];
    })) });
    case 'cross': { const a = r * 0.45, b = r * 1.15; return sv('polygon', { points: points(
      [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a]].map(([u, v]) => [x + u, y + v])) }); }
    default: return sv('circle', { cx: x, cy: y, r });
  }
}

function set(node, attributes) {
  for (const [k, v] of Object.entries(attributes)) if (v !== null && v !== undefined) node.setAttribute(k, String(v));
  return node;
}

let serial = 0;

/**
 * The mark of a place: filled with who holds it now, ringed by who held it before.
 * @param {string|null} side @param {number} x @param {number} y @param {number} r
 * @param {{from?: string|null, dash?: string|null, gap?: number, ring?: number, small?: boolean, half?: boolean, letter?: boolean}} [o]
 */
function mark(side, x, y, r, o = {}) {
  const g = sv('g');
  if (o.from) {
    const rr = r + (o.gap || 4.2);
    g.append(set(shape(o.from, x, y, rr), { fill: 'var(--halo)', stroke: 'var(--halo)', 'stroke-width': 4.5 }));
    g.append(set(shape(o.from, x, y, rr), { fill: 'none', stroke: sideVar(o.from), 'stroke-width': o.ring || 2, 'stroke-dasharray': o.dash }));
  } else {
    g.append(set(shape(side, x, y, r), { fill: 'var(--halo)', stroke: 'var(--halo)', 'stroke-width': o.small ? 2.4 : 3.5 }));
    if (o.dash) g.append(set(shape(side, x, y, r + (o.gap || 4.2)), { fill: 'none', stroke: sideVar(side, '-l'), 'stroke-width': o.ring || 2, 'stroke-dasharray': o.dash }));
  }
  g.append(set(shape(side, x, y, r), { fill: sideVar(side), stroke: sideVar(side, '-l'), 'stroke-width': o.small ? 0.8 : 1, opacity: o.small ? 0.85 : null }));
  if (o.half && o.from) {
    serial += 1;
    const id = `half${serial}`;
    g.append(sv('clipPath', { id }, sv('rect', { x: x - r * 2, y: y - r * 2, width: r * 2, height: r * 4 })));
    g.append(set(shape(o.from, x, y, r), { fill: sideVar(o.from), stroke: sideVar(o.from, '-l'), 'clip-path': `url(#${id})` }));
  }
  if (o.letter && side && SIDES[side]) {
    g.append(sv('text', { x, y: y + r * 0.42, class: 'letter', 'font-size': (r * 1.22).toFixed(1), style: `fill:${sideVar(side, '-on')}` }, SIDES[side].letter.slice(0, 2)));
  }
  return g;
}

/** A contested place: a disc with stripes in ink, in no side's colour. */
function striped(x, y, r) {
  const g = sv('g', { class: 'contested', fill: 'none', stroke: 'var(--ink)', 'stroke-width': MARKS.stripes.width });
  const turn = (MARKS.stripes.angle * Math.PI) / 180, along = [Math.cos(turn), -Math.sin(turn)], across = [Math.sin(turn), Math.cos(turn)];
  g.append(sv('circle', { cx: x, cy: y, r, fill: 'var(--halo)', stroke: 'var(--halo)', 'stroke-width': 4.5 }));
  for (const offset of MARKS.stripes.offsets) {
    const half = r * Math.sqrt(1 - offset * offset), mx = x + across[0] * r * offset, my = y + across[1] * r * offset;
    g.append(sv('line', { x1: mx - along[0] * half, y1: my - along[1] * half, x2: mx + along[0] * half, y2: my + along[1] * half }));
  }
  g.append(sv('circle', { cx: x, cy: y, r }));
  return g;
}

/**
 * A place that changed hands, as the table of marks says.
 * @param {any} look @param {string|null} side @param {string|null} from @param {number} x @param {number} y @param {number} r
 * @param {{minor?: boolean, key?: boolean}} [o] minor: crowded; key: in the legend or on a card
 */
function placeMark(look, side, from, x, y, r, o = {}) {
  if (look.fill === 'stripes') return striped(x, y, r * (o.key ? 1.4 : 1.15));
  const half = look.fill === 'halves', dash = dashes(o.key ? look.ring_key : o.minor ? look.ring_small : look.ring);
  const [gap, ring] = o.key ? [3.6, 1.8] : o.minor ? [2.1, 1.4] : [4.2, 2];
  return mark(side, x, y, r, { from, dash, half, letter: !half && !o.minor && !o.key, gap, ring });
}

/** Being reinforced: a ring with twelve teeth. */
function fort(side, x, y, r) {
  const g = sv('g', { fill: 'none', stroke: sideVar(side), 'stroke-width': 1.6 });
  g.append(sv('circle', { cx: x, cy: y, r: r + 1, stroke: 'var(--halo)', 'stroke-width': 5 }), sv('circle', { cx: x, cy: y, r }));
  for (let i = 0; i < 12; i += 1) {
    const a = (i * Math.PI) / 6;
    g.append(sv('line', { x1: x + r * Math.sin(a), y1: y - r * Math.cos(a), x2: x + (r + 3) * Math.sin(a), y2: y - (r + 3) * Math.cos(a) }));
  }
  return g;
}

/**
 * An arrow with a casing and a head that grows with its width.
 * @param {number[][]} pts pixels @param {number} w @param {string} colour @param {{dash?: string|null, cls?: string, hollow?: boolean}} [o] hollow: white inside, for people who return
 */
function arrow(pts, w, colour, o = {}) {
  const b = pts[pts.length - 1], head = w * 2.2 + 7;
  let i = pts.length - 2;
  while (i > 0 && Math.hypot(b[0] - pts[i][0], b[1] - pts[i][1]) < head) i -= 1;
  const a = pts[i], d = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1, u = [(b[0] - a[0]) / d, (b[1] - a[1]) / d];
  const c = [b[0] - u[0] * head, b[1] - u[1] * head];
  const shaft = pts.filter((p, j) => j <= i && Math.hypot(b[0] - p[0], b[1] - p[1]) > head).concat([[c[0] + u[0], c[1] + u[1]]]);
  const tip = points([b, [c[0] - u[1] * head * 0.44, c[1] + u[0] * head * 0.44], [c[0] + u[1] * head * 0.44, c[1] - u[0] * head * 0.44]]);
  const g = sv('g', { class: o.cls });
  const ds = pathOf(shaft.length > 1 ? shaft : [a, ...shaft]);
  g.append(
    sv('path', { d: ds, class: 'casing', 'stroke-width': w + 4 }),
    sv('polygon', { points: tip, fill: 'var(--halo)', stroke: 'var(--halo)', 'stroke-width': 4, 'stroke-linejoin': 'round' }),
    sv('path', { d: ds, fill: 'none', class: 'shaft', stroke: colour, 'stroke-width': w, 'stroke-dasharray': o.dash }),
    sv('polygon', { points: tip, class: 'tip', fill: colour }),
  );
  if (o.hollow) {
    const edge = Math.max(0.55, w * 0.24), k = head * 0.26, back = [b[0] - u[0] * head * 0.82, b[1] - u[1] * head * 0.82], front = [b[0] - u[0] * head * 0.26, b[1] - u[1] * head * 0.26];
    g.append(
      sv('path', { d: ds, fill: 'none', class: 'core', stroke: 'var(--halo)', 'stroke-width': Math.max(w - 2 * edge, 0.3 * w) }),
      sv('polygon', { points: points([front, [back[0] - u[1] * k, back[1] + u[0] * k], [back[0] + u[1] * k, back[1] - u[0] * k]]), class: 'core', fill: 'var(--halo)' }),
    );
  }
  return g;
}

/** Points of a cubic curve. */
function bezier(p0, p1, p2, p3, n = 24) {
  return Array.from({ length: n + 1 }, (_, i) => {
    const t = i / n, s = 1 - t;
    return [0, 1].map((k) => s * s * s * p0[k] + 3 * s * s * t * p1[k] + 3 * s * t * t * p2[k] + t * t * t * p3[k]);
  });
}

/** A curve from a to b that bulges to its left by a share of its length. */
function arc(a, b, bulge = 0.22) {
  const n = [-(b[1] - a[1]) * bulge, (b[0] - a[0]) * bulge];
  const q = (t) => [a[0] + (b[0] - a[0]) * t + n[0], a[1] + (b[1] - a[1]) * t + n[1]];
  return bezier(a, q(0.3), q(0.7), b);
}

/** Round the corners of a path (Chaikin's corner cutting, twice). */
function smooth(pts) {
  let out = pts;
  for (let k = 0; k < 2 && out.length > 2; k += 1) {
    const next = [out[0]];
    for (let i = 0; i < out.length - 1; i += 1) {
      const [a, b] = [out[i], out[i + 1]];
      next.push([a[0] * 0.75 + b[0] * 0.25, a[1] * 0.75 + b[1] * 0.25], [a[0] * 0.25 + b[0] * 0.75, a[1] * 0.25 + b[1] * 0.75]);
    }
    next.push(out[out.length - 1]);
    out = next;
  }
  return out;
}

/** Cut the first r pixels off a path. */
function trimStart(pts, r) {
  let i = 0;
  while (i < pts.length - 2 && Math.hypot(pts[i][0] - pts[0][0], pts[i][1] - pts[0][1]) < r) i += 1;
  return pts.slice(i);
}

/** Short arrows on all sides of a point, out of it or into it, for a card or the legend. @param {boolean} out @param {boolean} [hollow] */
function fanGlyph(x, y, out, hollow = false) {
  const g = sv('g', { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.3 });
  for (const a of FAN) {
    const at = (r, turn = 0) => ringAt([x, y], r, a + turn, a + turn)[0].map((v) => v.toFixed(1)).join(' ');
    const [tip, back] = out ? [10.5, 7] : [4, 7.5];
    g.append(sv('path', { d: `M${at(out ? 4 : 10.5)}L${at(tip)}` }), sv('path', { d: `M${at(tip)}L${at(back, 20)}L${at(back, -20)}Z`, fill: hollow ? 'var(--halo)' : 'var(--ink)', 'stroke-width': 0.6 }));
  }
  g.append(sv('circle', { cx: x, cy: y, r: 1.7, fill: 'var(--ink)', stroke: 'none' }));
  return g;
}

/** Small pictures of movements with one known end: whether out of it, and whether hollow. */
const FANS = { fan_out: [true, false], fan_in: [false, false], fan_back: [false, true], fan_home: [true, true] };

/** The little picture of a sign for a card or the legend. */
function glyph(kind, side, from, standing, w = 26, h = 22) {
  const s = sv('svg', { width: w, height: h, viewBox: '0 0 26 22', class: 'gl ov', 'aria-hidden': 'true', style: 'position:static' });
  const x = 13, y = 11;
  if (kind === 'control') s.append(placeMark(lookOf(standing), side, from, x, y, 5, { key: true }));
  else if (MARKS.place[kind]) s.append(placeMark(MARKS.place[kind], side, from, x, y, 5, { key: true }));
  else if (kind === 'region') s.append(sv('ellipse', { cx: x, cy: y, rx: 11, ry: 7, fill: sideVar(side), opacity: 0.35 }), sv('ellipse', { cx: x, cy: y, rx: 7, ry: 4, fill: sideVar(side), opacity: 0.6 }));
  else if (kind === 'threat') s.append(arrow([[3, 11], [10, 11], [23, 11]], 3, sideVar(side)));
  else if (kind === 'threat_ring') s.append(sv('circle', { cx: x, cy: y, r: 8, fill: 'none', stroke: sideVar(side), 'stroke-width': 2.2 }), sv('circle', { cx: x, cy: y, r: 2.2, fill: 'var(--ink)', stroke: 'none' }));
  else if (kind === 'threat_arc') s.append(sv('path', { d: pathOf(ringAt([x, y + 5], 9, -48, 48)), fill: 'none', stroke: sideVar(side), 'stroke-width': 2.2 }), sv('circle', { cx: x, cy: y + 5, r: 2.2, fill: 'var(--ink)', stroke: 'none' }));
  else if (FANS[kind]) s.append(fanGlyph(x, y, FANS[kind][0], FANS[kind][1]));
  else if (kind === 'doubt') s.append(sv('text', { x, y: y + 5, 'text-anchor': 'middle', 'font-size': 15, 'font-weight': 700, style: 'stroke:none' }, '?'));
  else if (kind === 'fresh') s.append(sv('circle', { cx: x, cy: y, r: 7.5, class: 'fresh' }));
  else if (kind === 'reinforcement') s.append(fort(side, x, y, 6.4));
  else if (kind === 'displacement' || kind === 'return') s.append(arrow(bezier([2, 15], [8, 17], [14, 15], [24, 6]), 3.4, 'var(--ink)', { hollow: kind === 'return' }));
  else if (kind === 'likely' || kind === 'likely_return') s.append(arrow([[1, 11], [8, 11], [24, 11]], 3, 'var(--ink)', { dash: '4 2.5', hollow: kind !== 'likely' }));
  else if (kind === 'badge') s.append(sv('rect', { x: 2, y: 4, width: 22, height: 14, rx: 2, fill: 'none', stroke: 'var(--ink)', 'stroke-width': 1.3 }), sv('text', { x: 13, y: 15, 'text-anchor': 'middle', 'font-size': 10, 'font-weight': 700, style: 'stroke:none' }, '#'));
  else if (kind === 'supply' || kind === 'cut') for (const d of [-1.6, 1.6]) s.append(sv('line', { x1: 2, x2: 24, y1: y + d, y2: y + d, stroke: 'var(--ink)', 'stroke-width': 1.1, 'stroke-dasharray': kind === 'cut' ? '5 3' : null }));
  else if (kind === 'area') s.append(sv('rect', { x: 3, y: 4, width: 20, height: 14, fill: 'var(--ink)', 'fill-opacity': 0.08, stroke: 'var(--ink2)', 'stroke-dasharray': '1.2 3', 'stroke-linecap': 'round' }));
  else if (kind === 'sure') s.append(sv('rect', { x: 3, y: 5, width: 20, height: 12, fill: sideVar(side), opacity: 0.25 }));
  else if (kind === 'unsure') for (let i = 0; i < 7; i += 1) s.append(sv('line', { x1: 3 + i * 3, x2: 5 + i * 3, y1: 18, y2: 4, stroke: sideVar(side), 'stroke-width': 1.1, opacity: 0.85 }));
  else if (kind === 'front' || kind === 'front_sure') s.append(sv('path', { d: 'M2 14L8 9L15 12L24 7', fill: 'none', stroke: 'var(--ink2)', 'stroke-width': 1.3, 'stroke-dasharray': kind === 'front_sure' ? null : '6 4' }));
  else if (kind === 'hollow') s.append(set(shape(side, x, y, 5), { fill: 'var(--halo)', stroke: sideVar(side), 'stroke-width': 1.8 }));
  else if (kind === 'side' || kind === 'base') s.append(mark(side, x, y, kind === 'base' ? 3.8 : 6.4, { small: kind === 'base', letter: kind === 'side' }));
  else s.append(incident(kind, side, x, y, 6));
  return s;
}

/** Strikes, clashes, sieges and the like: a small sign of its own shape each. */
function incident(kind, side, x, y, r) {
  const g = sv('g', { stroke: 'var(--ink)', 'stroke-width': 1.5, fill: 'none', 'stroke-linecap': 'round' });
  g.append(sv('circle', { cx: x, cy: y, r: r + 1.5, fill: 'var(--halo)', stroke: 'none' }));
  const line = (a, b, c, d) => g.append(sv('line', { x1: x + a * r, y1: y + b * r, x2: x + c * r, y2: y + d * r, stroke: sideVar(side, '-l') }));
  if (kind === 'clash') { line(-0.8, -0.8, 0.8, 0.8); line(-0.8, 0.8, 0.8, -0.8); }
  else if (kind === 'siege') g.append(sv('circle', { cx: x, cy: y, r: r * 0.85, 'stroke-dasharray': '3 2', stroke: sideVar(side, '-l') }));
  else if (kind === 'withdrawal') { line(0.8, 0, -0.8, 0); line(-0.8, 0, -0.1, -0.6); line(-0.8, 0, -0.1, 0.6); }
  else if (kind === 'hosting') { // a tent
    line(-0.9, 0.75, 0, -0.8); line(0, -0.8, 0.9, 0.75); line(0.9, 0.75, -0.9, 0.75);
    line(0, -0.1, -0.3, 0.75); line(0, -0.1, 0.3, 0.75);
  } else if (kind === 'told_to_leave') { // an open door, and an arrow out of it
    line(-0.1, -0.85, -0.8, -0.85); line(-0.8, -0.85, -0.8, 0.85); line(-0.8, 0.85, -0.1, 0.85);
    line(-0.3, 0, 0.9, 0); line(0.9, 0, 0.4, -0.5); line(0.9, 0, 0.4, 0.5);
  } else for (let i = 0; i < 4; i += 1) { const a = (i * Math.PI) / 4; line(Math.cos(a) * 0.9, Math.sin(a) * 0.9, -Math.cos(a) * 0.9, -Math.sin(a) * 0.9); }
  return g;
}
