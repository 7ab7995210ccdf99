/* Draw the situation of a day on a map: areas, regions, links, threats, movements, marks, labels. */

const OUTSKIRTS_KM = 4.5; // assumed: no article says where a town's outskirts begin

/** Signs of one place, gathered: they share one mark and one label. */
function gatherSites() {
  const sites = new Map();
  const at = (s) => {
    const key = s.place || `${s.lat},${s.lon}`;
    if (!sites.has(key)) sites.set(key, { key, name: s.name, lat: s.lat, lon: s.lon, rank: s.rank || 3, signs: [] });
    return sites.get(key);
  };
  for (const s of D.signs) if (typeof s.lat === 'number' && s.name) at(s).signs.push(s);
  for (const p of D.places) if (sites.has(p.id)) Object.assign(sites.get(p.id), { base: p.base, rank: p.rank });
  return [...sites.values()];
}
let SITES = gatherSites();

/** The layer that a type of sign belongs to in the legend. */
const LAYER = {
  control: 'change', threat: 'threat', reinforcement: 'threat', strike: 'incident', clash: 'incident', siege: 'incident',
  attack: 'incident', withdrawal: 'incident', told_to_leave: 'order', hosting: 'hosting', displacement: 'disp', region: 'region', supply: 'supply', badge: 'badge',
};
const layerOn = (s) => !S.off.has(LAYER[s.type]) && !S.off.has(`side:${s.side}`);
const shown = (s) => !S.hidden.has(s.card) && layerOn(s);

/** Pixels of ring r round p from bearing a0 to a1 (degrees, clockwise from north). */
function ringAt(p, r, a0, a1, step = 4) {
  const out = [];
  for (let a = a0; a <= a1; a += step) out.push([p[0] + r * Math.sin((a * Math.PI) / 180), p[1] - r * Math.cos((a * Math.PI) / 180)]);
  return out;
}

/** @param {any} geometry GeoJSON @param {(lat: number, lon: number) => number[]} P */
function areaPath(geometry, P) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
  return polygons.map((pl) => pl.map((r) => `${pathOf(r.map((c) => P(c[1], c[0])))}Z`).join('')).join('');
}

/** About sixty points along the outer rings of an area. */
function outline(geometry) {
  const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap((pl) => pl[0]);
  const step = Math.max(1, Math.floor(rings.length / 60));
  return rings.filter((_, i) => i % step === 0);
}

/** @param {number[][]} ring pixels */
const polygonArea = (ring) => Math.abs(ring.reduce((sum, p, i) => { const q = ring[(i + 1) % ring.length]; return sum + p[0] * q[1] - q[0] * p[1]; }, 0) / 2);

function areaCentre(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let best = null;
  for (const pl of polygons) {
    const lats = pl[0].map((c) => c[1]), lons = pl[0].map((c) => c[0]);
    const b = [Math.min(...lats), Math.min(...lons), Math.max(...lats), Math.max(...lons)];
    const size = (b[2] - b[0]) * (b[3] - b[1]);
    if (!best || size > best.size) best = { size, lat: (b[0] + b[2]) / 2, lon: (b[1] + b[3]) / 2 };
  }
  return best;
}

/** Whether a pixel lies in the subject country (even-odd rule on its rings). */
function insideFocus(x, y, rings) {
  let odd = false;
  for (const r of rings) {
    for (let i = 0, j = r.length - 1; i < r.length; j = i, i += 1) {
      if (r[i][1] > y !== r[j][1] > y && x < ((r[j][0] - r[i][0]) * (y - r[i][1])) / (r[j][1] - r[i][1]) + r[i][0]) odd = !odd;
    }
  }
  return odd;
}

let paintings = 0;
/** Pixels per km where the whole situation is in view: closer, more towns are named. */
let homeKmPx = Infinity;

/**
 * @param {SVGElement} svg @param {(lat: number, lon: number) => number[]} P pixels of a place
 * @param {{pad: number[], size: number[], inset: boolean, container: Element, day: string|null, quiet?: boolean, box?: number[]|null}} o
 */
function paint(svg, P, o) {
  svg.replaceChildren();
  paintings += 1;
  const id = `p${paintings}`, day = o.day, W = o.size[0], H = o.size[1];
  const layer = () => { const g = sv('g'); svg.append(g); return g; };
  const centre = P(D.base.bbox[1], D.base.bbox[0]);
  const kmPerDegree = L.CRS.Earth.distance(L.latLng(0, 0), L.latLng(1, 0)) / 1000; // of latitude
  const kmPx = Math.abs(P(D.base.bbox[1] + 1 / kmPerDegree, D.base.bbox[0])[1] - centre[1]);
  const close = kmPx > 3.6, small = kmPx < 0.75;
  const walls = [], obstacles = [];
  /** @type {any[]} */
  const labels = [];
  const block = (x, y, r, soft) => obstacles.push([x - r, y - r, x + r, y + r, soft]);
  const blockLine = (pts, r) => pts.forEach((p, i) => {
    block(p[0], p[1], r);
    if (!i) return;
    const q = pts[i - 1], n = Math.floor(Math.hypot(p[0] - q[0], p[1] - q[1]) / 9);
    for (let j = 1; j < n; j += 1) block(q[0] + ((p[0] - q[0]) * j) / n, q[1] + ((p[1] - q[1]) * j) / n, r);
  });
  const frame = [o.pad[0] + 4, o.pad[1] + (o.inset ? 30 : 4), o.pad[0] + W - 4, o.pad[1] + H - (o.inset ? 4 : 18)];
  const home = o.container.getBoundingClientRect();
  if (!o.inset) {
    for (const e of $$('#legend,#inset,#views,.badge,.zc,#scale,#scale span,#locator,#stday')) {
      const r = e.getBoundingClientRect();
      if (r.width && getComputedStyle(e).visibility !== 'hidden') walls.push([r.left - home.left + o.pad[0] - 4, r.top - home.top + o.pad[1] - 4, r.right - home.left + o.pad[0] + 4, r.bottom - home.top + o.pad[1] + 4]);
    }
  }
  obstacles.push(...walls);
  const R = close ? 9 : small ? 5.2 : 6.6;

  /** A part of the map that opens a card. */
  const link = (g, sign, words) => {
    const h = sv('g', { class: `hit${S.sel === sign.card ? ' sel' : ''}`, tabindex: o.inset || o.quiet ? null : 0, role: o.inset || o.quiet ? null : 'button', 'aria-label': o.inset || o.quiet ? null : words || (CARDS.get(sign.card) || { title: tr('sign') }).title, 'data-c': sign.card });
    g.append(h);
    return h;
  };

  const defs = sv('defs');
  svg.append(defs);
  const focusPath = D.base.focus && D.signs.some((s) => s.type === 'region') ? areaPath(D.base.focus, P) : '';
  if (focusPath) defs.append(sv('clipPath', { id: `${id}f` }, sv('path', { d: focusPath })));
  defs.append(sv('filter', { id: `${id}s`, x: '-30%', y: '-30%', width: '160%', height: '160%' }, sv('feGaussianBlur', { stdDeviation: Math.min(9, Math.max(2.5, kmPx * 5)) })));
  defs.append(sv('filter', { id: `${id}w`, x: '-30%', y: '-30%', width: '160%', height: '160%' }, sv('feGaussianBlur', { stdDeviation: 22 })));
  for (const s of SIDE_IDS) {
    defs.append(sv('pattern', { id: `${id}h${s}`, width: 7, height: 7, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
      sv('line', { x1: 0, y1: 0, x2: 0, y2: 7, stroke: sideVar(s), 'stroke-width': 1.2, opacity: 0.55 })));
  }
  const needsGround = D.signs.some((s) => s.type === 'region') || (D.signs.some((s) => s.type === 'displacement') && D.signs.length < MANY_FLOWS);
  const focusRings = D.base.focus && !o.inset && needsGround && !narrow()
    ? (D.base.focus.type === 'Polygon' ? [D.base.focus.coordinates] : D.base.focus.coordinates).flatMap((pl) => pl.map((r) => r.map((c) => P(c[1], c[0])))) : [];
  // notes of several lines stand better on empty ground outside the subject country, if that is near
  const cost = (b) => (focusRings.length && insideFocus((b[0] + b[2]) / 2, (b[1] + b[3]) / 2, focusRings) ? 130 : 0)
    + (focusRings.length && [[0, 1], [2, 1], [0, 3], [2, 3]].some(([i, j]) => insideFocus(b[i], b[j], focusRings)) ? 60 : 0);

  paintAreas(layer(), P, id, day);
  paintRegions(layer(), P, { ...o, id, day, focusPath, labels, block, cost, link });
  paintSupply(layer(), P, { ...o, day, labels, blockLine, link });
  const gThreat = layer(), gFlow = layer(), gBase = layer(), gSites = layer(), gArrow = layer();
  if (!o.inset && o.box) {
    const a = P(o.box[3], o.box[0]), b = P(o.box[1], o.box[2]);
    gFlow.before(sv('rect', { x: a[0], y: a[1], width: b[0] - a[0], height: b[1] - a[1], fill: 'none', stroke: 'var(--ink2)', 'stroke-width': 1, opacity: 0.8 }));
  }
  const flows = D.signs.filter((s) => s.type === 'displacement' && shown(s) && stands(s, day));
  const fans = new Set(flows.filter((s) => s.path.length === 1).map((s) => spotKey(s.path[0][0], s.path[0][1])));
  paintBase(gBase, P, { ...o, close, small, kmPx, labels, block, fans, ends: flows.length > MANY_FLOWS ? new Set() : endsOf(flows) });
  const spots = SITES.filter((s) => !TRACKS || s.signs.some((x) => stands(x, day))).map((site) => ({ site, q: P(site.lat, site.lon) }));
  for (const { site } of spots) paintSite(gSites, P, site, { ...o, spots, day, R, close, small, kmPx, labels, block, link, fans });
  for (const s of D.signs) if (s.type === 'threat' && shown(s) && stands(s, day)) paintThreat(gThreat, gArrow, P, s, { ...o, R, close, small, kmPx, labels, block, blockLine, link });
  if (flows.length > MANY_FLOWS) paintManyFlows(gFlow, P, flows, o);
  else { const mute = sameWords(flows); for (const s of flows) paintFlow(gFlow, P, s, { ...o, R, close, small, labels, block, blockLine, cost, link, walls, frame, mute }); }
  if (TRACKS && !o.inset && !o.quiet) trackLabels(P, o, labels);
  if (!o.inset) {
    for (const c of D.base.countries) for (const [i, spot] of [[c.lat, c.lon], ...(c.spots || [])].entries()) { const q = P(spot[0], spot[1]); labels.push({ priority: 5 - i / 50, x: q[0], y: q[1], r: 0, lines: [[c.name.toUpperCase(), 't-country']], dirs: ['C', 'N', 'S'], once: c.name }); }
    for (const c of D.base.provinces || []) for (const spot of c.spots) { const q = P(spot[0], spot[1]); labels.push({ priority: 3, x: q[0], y: q[1], r: 0, lines: [[c.name, 't-admin']], dirs: ['C'], once: c.name }); }
    for (const c of D.base.waters) { const q = P(c.lat, c.lon); labels.push({ priority: 4, x: q[0], y: q[1], r: 0, lines: [[c.name, 't-water']], dirs: ['C', 'N', 'S'] }); }
  }
  if (narrow()) for (const l of labels) if (l.far) l.most = l.r + 90; // no line runs over half the country
  drawLabels(layer(), placeLabels(labels, obstacles, frame, walls), o, link);
}

function paintAreas(g, P, id, day) {
  if (S.off.has('est') || S.sure) return; // an estimate is not sure
  const now = D.areas.filter((a) => (!a.from_day || !day || day >= a.from_day) && (!a.to_day || !day || day < a.to_day));
  for (const phaseOf of now.slice(-1)) {
    for (const [s, e] of Object.entries(phaseOf.sides)) {
      if (S.off.has(`side:${s}`)) continue;
      if (e.sure) g.append(sv('path', { d: areaPath(e.sure, P), fill: sideVar(s), opacity: 0.15 }));
      if (e.unsure) g.append(sv('path', { d: areaPath(e.unsure, P), fill: `url(#${id}h${s})`, opacity: 0.6 }));
    }
    for (const f of phaseOf.fronts || []) {
      if (f.sides.some((s) => S.off.has(`side:${s}`))) continue;
      const lines = f.geometry.type === 'LineString' ? [f.geometry.coordinates] : f.geometry.coordinates;
      const d = lines.map((l) => `M${l.map((c) => P(c[1], c[0]).map((v) => v.toFixed(1)).join(' ')).join('L')}`).join('');
      g.append(sv('path', { d, class: 'front', fill: 'none', stroke: 'var(--ink2)', 'stroke-width': 1.1, 'stroke-linejoin': 'round', 'stroke-dasharray': f.part === 'sure' ? null : '6 4', opacity: 0.75 }));
    }
  }
}

function paintRegions(g, P, o) {
  const soft = sv('g', o.focusPath ? { 'clip-path': `url(#${o.id}f)` } : {});
  g.append(soft);
  for (const s of D.signs) {
    if (s.type !== 'region' || !shown(s) || !stands(s, o.day) || o.inset) continue;
    const d = areaPath(s.geometry, P);
    const h = o.link(soft, s, s.label.join(' '));
    // a big area is drawn fainter and with a softer edge: it is less exact than a strip
    const ring = outline(s.geometry).map((v) => P(v[1], v[0])), thick = Math.sqrt(polygonArea(ring));
    const wideArea = thick > 130;
    if (s.somewhere) h.append(sv('path', { d, fill: sideVar(s.side), 'fill-opacity': 0.07, stroke: sideVar(s.side), 'stroke-width': 1.4, 'stroke-dasharray': '1.2 4', 'stroke-linecap': 'round' }));
    else h.append(sv('path', { d, fill: sideVar(s.side), class: `softreg${wideArea ? ' big' : ''}${s.side ? '' : ' nobody'}`, filter: `url(#${o.id}${wideArea ? 'w' : 's'})` }));
    if (S.sel === s.card) g.append(sv('path', { d, fill: 'none', stroke: 'var(--accent)', 'stroke-width': 2, 'stroke-dasharray': '1 4', 'stroke-linecap': 'round' }));
    outline(s.geometry).forEach((c) => { const p = P(c[1], c[0]); o.block(p[0], p[1], 7, true); });
    const c = areaCentre(s.geometry), middle = P(c.lat, c.lon);
    // a strip along a border is not where the middle of its box is
    const q = outline(s.geometry).map((v) => P(v[1], v[0])).sort((a, b) => Math.hypot(a[0] - middle[0], a[1] - middle[1]) - Math.hypot(b[0] - middle[0], b[1] - middle[1]))[0];
    const lines = (wide() ? s.label : s.label.slice(0, 2)).map((t, i) => [i ? t : withDoubt(s, t), i ? 't-ann2' : 't-ann']);
    // beside the outline, the note would seem to be about a neighbour: there it has a line
    const [at, r] = s.somewhere ? [middle, 1] : [q, 14];
    const outside = (b) => (insideFocus((b[0] + b[2]) / 2, (b[1] + b[3]) / 2, [ring]) ? 0 : 200);
    o.labels.push({ priority: 110, x: at[0], y: at[1], r, lines, far: true, keep: true, card: s.card, cost: s.somewhere ? outside : o.cost, line: outside });
  }
  if (S.off.has('disp')) return;
  const drawn = new Set();
  for (const s of D.signs) {
    if (s.type !== 'displacement' || !stands(s, o.day)) continue;
    for (const area of [s.area, s.origin_area]) {
      if (!area) continue;
      const d = areaPath(area, P);
      if (drawn.has(d)) continue;
      drawn.add(d);
      g.append(sv('path', { d, fill: 'var(--ink)', opacity: 0.04 }), sv('path', { d, fill: 'none', stroke: 'var(--ink2)', 'stroke-width': 1.1, 'stroke-dasharray': '1.2 3', 'stroke-linecap': 'round' }));
    }
    // a country has its name on the map already
    if (s.area && s.area_name && !o.inset && wide() && !D.base.countries.some((c) => c.name === s.area_name)) {
      const c = areaCentre(s.area), q = P(c.lat, c.lon);
      o.labels.push({ priority: 30, x: q[0], y: q[1], r: 4, lines: [[s.area_name, /^[A-Z]/.test(s.area_name) ? 't-admin' : 't-water']] });
    }
  }
}

function paintSupply(g, P, o) {
  for (const s of D.signs) {
    if (s.type !== 'supply' || !shown(s) || !stands(s, o.day)) continue;
    const paths = Array.isArray(s.path[0][0]) ? s.path : [s.path];
    const h = o.link(g, s, s.label);
    for (const path of paths) {
      const pts = path.map((p) => P(p[0], p[1])), d = pathOf(pts);
      h.append(
        sv('path', { d, fill: 'none', stroke: 'var(--halo)', 'stroke-width': 7 }),
        sv('path', { d, fill: 'none', stroke: S.sel === s.card ? 'var(--accent)' : 'var(--ink)', 'stroke-width': 3.6, 'stroke-dasharray': s.state === 'cut' ? '9 7' : null }),
        sv('path', { d, fill: 'none', stroke: 'var(--land)', 'stroke-width': 1.7 }),
      );
      o.blockLine(pts, 3.5);
    }
    if (s.label && !o.inset && wide()) {
      const flat = paths.flat(), mid = flat[Math.floor(flat.length * 0.36)], q = P(mid[0], mid[1]);
      o.labels.push({ priority: 62, x: q[0], y: q[1], r: 6, lines: [[s.label, 't-sub']], card: s.card });
    }
  }
}

/** A key for a spot on the ground. */
const spotKey = (lat, lon) => `${lat},${lon}`;

/** The spots that movements lead from or to; the ends that are areas have none. */
function endsOf(flows) {
  const ends = new Set();
  for (const s of flows) {
    const first = s.path[0], last = s.path[s.path.length - 1];
    if (first && s.end !== 'destination' && !s.origin_area) ends.add(spotKey(first[0], first[1]));
    if (last && s.end !== 'origin' && !s.area) ends.add(spotKey(last[0], last[1]));
  }
  return ends;
}

function paintBase(g, P, o) {
  for (const t of D.towns || []) {
    if (t.closer && o.kmPx < homeKmPx * 1.6 ** t.closer) continue;
    const q = P(t.lat, t.lon);
    g.append(sv('circle', { cx: q[0], cy: q[1], r: t.rank > 3 ? 2 : 1.5, fill: 'var(--ink2)', opacity: 0.6 }));
    o.labels.push({ priority: 6 + t.rank, soft: t.rank > 3, x: q[0], y: q[1], r: 3, lines: [[called(t.id, t.name), t.rank > 3 ? 't-city' : 't-town']] });
  }
  const taken = new Set(SITES.map((s) => s.key));
  for (const p of D.places) {
    if (taken.has(p.id)) continue;
    const q = P(p.lat, p.lon), at = spotKey(p.lat, p.lon);
    const offSide = p.base && S.off.has(`side:${p.base}`);
    if (p.base && !S.off.has('base') && !offSide) {
      const r = o.close ? 5 : o.small ? (p.rank > 3 ? 2.9 : 2.2) : p.rank > 3 ? 4.1 : 3.4;
      const m = mark(p.base, q[0], q[1], r, { small: true });
      m.append(sv('title', {}, tr('before_words', { name: p.name, side: SIDES[p.base] ? SIDES[p.base].name : p.base })));
      g.append(m);
      o.block(q[0], q[1], r + 1, true);
    } else if (o.ends.has(at)) {
      // a place of which no more is said than that people left it or came to it
      g.append(sv('circle', { cx: q[0], cy: q[1], r: 3.2, class: 'endspot' }));
      o.block(q[0], q[1], 4);
      if (!o.fans.has(at)) o.labels.push({ priority: 96, x: q[0], y: q[1], r: 6, lines: [[called(p.id, p.name), 't-ev']], keep: true });
      continue;
    } else {
      g.append(sv('circle', { cx: q[0], cy: q[1], r: p.rank > 3 ? 2 : 1.5, fill: 'var(--ink2)', opacity: 0.7 }));
      o.block(q[0], q[1], 2, true);
    }
    if (!D.signs.length && !p.base) {
      g.append(sv('circle', { cx: q[0], cy: q[1], r: 3, fill: 'var(--ink2)' }));
      o.labels.push({ priority: 40 + p.rank, x: q[0], y: q[1], r: 4, lines: [[called(p.id, p.name), 't-read']] });
      continue;
    }
    if (o.small && p.rank < 4) continue;
    if (p.rank > 2 || o.kmPx > 1.6) o.labels.push({ priority: p.base && p.rank < 4 ? 10 * p.rank : 118 + p.rank, soft: p.rank > 3, x: q[0], y: q[1], r: 4, lines: [[called(p.id, p.name), p.rank > 3 ? 't-city' : 't-town']] });
  }
}

/** The control signs of a place in the order of its timeline: the page data number them. */
const changesOf = (site) => site.signs.filter((s) => s.type === 'control').sort((a, b) => (a.turn || 0) - (b.turn || 0) || (a.day || '').localeCompare(b.day || ''));

/** The sign that says who holds a place on a day: the newest that stands; null before the first change. */
const holderOf = (site, day) => changesOf(site).filter((s) => stands(s, day)).pop() || null;

/** Who held a place before the first change, by the baseline or the articles. */
function heldBefore(site) {
  const first = changesOf(site)[0];
  return site.base || (first && (first.from || first.before)) || null;
}

/** Pixels between a box and a point, 0 inside. @param {number[]} b @param {number[]} q */
const boxGap = (b, q) => Math.hypot(Math.max(b[0] - q[0], 0, q[0] - b[2]), Math.max(b[1] - q[1], 0, q[1] - b[3]));

/** Whether a place has a sign on a day. */
const shownSite = (site, day) => site.signs.some((s) => stands(s, day) && shown(s));

/** One place with all that is said of it: who holds it, threat, reinforcement, incidents. */
function paintSite(g, P, site, o) {
  const live = site.signs.filter((s) => stands(s, o.day));
  const seen = live.filter(shown), q = P(site.lat, site.lon);
  const control = holderOf(site, o.day);
  const threat = seen.find((s) => s.type === 'threat'), reinforced = seen.find((s) => s.type === 'reinforcement');
  const incidents = seen.filter((s) => ['incident', 'order', 'hosting'].includes(LAYER[s.type]));
  const first = seen[0] || null;
  // a search hides no change of hands: without it the map would show who held the place before
  const faded = control && !shown(control) && layerOn(control);
  if (!first && faded) {
    const m = placeMark(lookOf(control.standing, phase(control, o.day)), control.side, control.from, q[0], q[1], o.small ? 3 : 4.5, { minor: true });
    m.setAttribute('class', 'faded');
    g.append(m);
    o.block(q[0], q[1], 6, true);
    o.labels.push({ priority: 12 * site.rank, x: q[0], y: q[1], r: 7, lines: [[called(site.key, site.name), 't-town']] });
    return;
  }
  if (!first) {
    const base = heldBefore(site);
    if (base && !S.off.has('base')) g.append(mark(base, q[0], q[1], o.small ? 2.6 : 3.8, { small: true }));
    o.block(q[0], q[1], 5, true);
    o.labels.push({ priority: 12 * site.rank, x: q[0], y: q[1], r: 5, lines: [[called(site.key, site.name), 't-city']] });
    return;
  }
  const main = control && seen.includes(control) ? control : first;
  const words = `${site.name}: ${seen.flatMap((s) => [s.label, s.toll]).filter(Boolean).join('; ')}`;
  const h = o.link(g, main, words);
  // crowded signs shrink until the view comes closer
  const crowd = o.spots.filter((s) => s.site !== site && Math.hypot(s.q[0] - q[0], s.q[1] - q[1]) < 26).length;
  const minor = crowd > 0 && site.rank < 4 && !o.close;
  const r = minor ? (o.small ? 2.4 : 3.4) : o.R;
  const look = main.type === 'control' ? lookOf(main.standing, phase(main, o.day)) : null, span = look === MARKS.place.changing;
  let reach = r + (minor ? 3 : 6);
  if (main.type === 'control') {
    h.append(placeMark(look, main.side, main.from, q[0], q[1], r, { minor }));
  } else {
    // that forces are sent to a place, or stand before it, does not say who holds it
    const holder = (threat && threat.target_side) || (faded ? control.side : heldBefore(site));
    if (reinforced && !minor) { h.append(fort(reinforced.side, q[0], q[1], r + 3.6)); reach = r + 9; }
    if (holder) h.append(mark(holder, q[0], q[1], r, { letter: !minor, small: minor }));
    else if (!incidents.length) h.append(sv('circle', { cx: q[0], cy: q[1], r: 3.2, class: 'endspot' }));
  }
  incidents.forEach((s, i) => {
    const alone = main === s && i === 0, x = alone ? q[0] : q[0] + reach + 6 + i * 15;
    const hi = alone ? h : o.link(g, s, `${site.name}: ${s.label}`);
    hi.append(incident(s.type, s.side, x, alone ? q[1] : q[1] - reach * 0.5, 6));
    o.block(x, q[1], 8);
  });
  if (seen.some((s) => isFresh(s, o.day))) h.append(sv('circle', { cx: q[0], cy: q[1], r: reach + 4, class: 'fresh' }));
  h.append(sv('circle', { cx: q[0], cy: q[1], r: reach + 2, class: 'selring' }));
  if (threat && !threat.origin) {
    const ring = threatRing(threat, o);
    if (ring < 40) reach = Math.max(reach, ring + 2); // the name stands clear of the ring round the place
  }
  o.block(q[0], q[1], reach);
  if (o.fans.has(spotKey(site.lat, site.lon))) reach = fanReach(o)[1] + 5; // and of the arrows round it
  const second = span ? tr('day_not_stated') : (control && seen.includes(control) && control.label) || (threat && threat.label) || (first && first.label);
  const lines = [[withDoubt(main, called(site.key, site.name)), 't-ev']];
  if (second && (innerWidth > 720 || o.close) && (!minor || o.close)) lines.push([second, 't-sub']);
  // the dead are told at each size: beside the name, or on free ground with a line to the sign
  const tolls = incidents.filter((s) => s.toll).map((s) => [s.toll, minor ? 't-sub' : 't-ann']);
  const nearer = (b) => o.spots.some((s) => s.site !== site && boxGap(b, s.q) < boxGap(b, q) + 4), line = (b) => nearer(b) || boxGap(b, q) > reach + 26;
  const broken = narrow() && tolls.length ? tolls.flatMap(([words, cls]) => words.split(/ (?=\([^()]*\)$)/).map((part) => [part, cls])) : null;
  if (tolls.length && minor) {
    o.labels.push({ priority: 101, x: q[0], y: q[1], r: reach + 3, lines: [lines[0], ...tolls], broken: broken && [lines[0], ...broken], far: true, keep: true, card: main.card });
    return;
  }
  if (tolls.length) o.labels.push({ priority: 63, x: q[0], y: q[1], r: reach + 4, lines: tolls, broken, far: true, keep: true, card: main.card, line, cost: (b) => (nearer(b) ? 150 : 0) });
  const others = o.spots.filter((s) => s.site !== site && shownSite(s.site, o.day)).map((s) => [s.q[0] - o.R - 3, s.q[1] - o.R - 3, s.q[0] + o.R + 3, s.q[1] + o.R + 3]);
  // a place that the inset names is named here only where there is room beside its sign
  const enlarged = o.box && site.lon > o.box[0] && site.lon < o.box[2] && site.lat > o.box[1] && site.lat < o.box[3];
  o.labels.push({ priority: minor ? 64 : (enlarged ? 121 : 100) + site.rank / 10, x: q[0], y: q[1], r: reach + 1, lines, soft: enlarged, keep: !enlarged && (!minor || o.inset), led: !enlarged && minor && !o.inset, others, card: main.card });
}

/** Directions by eighths of a turn, clockwise from north. */
const COMPASS = ['north', 'northeast', 'east', 'southeast', 'south', 'southwest', 'west', 'northwest'];

/** Pixels from a place to the arc that says how near a threat is. */
const threatRing = (s, o) => Math.max(s.distance_km ? (OUTSKIRTS_KM + s.distance_km) * o.kmPx : 0, o.R + 12);

/** An arrow toward the place, and how near, as stated. */
function paintThreat(g, gArrow, P, s, o) {
  const q = P(s.lat, s.lon), km = o.kmPx;
  const from = s.origin ? P(s.origin.lat, s.origin.lon) : null;
  const stated = COMPASS.indexOf(s.direction), bearing = stated >= 0 ? stated * 45 : from ? (Math.atan2(from[0] - q[0], -(from[1] - q[1])) * 180) / Math.PI : null;
  if (s.distance_km && o.close) {
    const out = OUTSKIRTS_KM, far = out + s.distance_km;
    const [a0, a1] = bearing === null ? [0, 360] : [bearing - 48, bearing + 48];
    g.append(sv('path', { d: `${pathOf([...ringAt(q, far * km, a0, a1), ...ringAt(q, out * km, a0, a1).reverse()])}Z`, fill: sideVar(s.side), opacity: 0.16 }));
    g.append(sv('path', { d: `${pathOf(ringAt(q, out * km, 0, 360))}Z`, fill: 'none', stroke: 'var(--ink2)', 'stroke-width': 1, 'stroke-dasharray': '2 3' }));
    const a = ringAt(q, out * km, (bearing || 0) - 24, (bearing || 0) - 24)[0], b = ringAt(q, far * km, (bearing || 0) - 24, (bearing || 0) - 24)[0];
    g.append(sv('path', { d: `M${a}L${b}`, class: 'leader', 'stroke-width': 1.2 }));
    for (const e of [a, b]) g.append(sv('circle', { cx: e[0], cy: e[1], r: 2, fill: 'var(--ink)' }));
    o.labels.push({ priority: 130, x: (a[0] + b[0]) / 2, y: (a[1] + b[1]) / 2, r: 3, lines: [[`${s.distance_km} km`, 't-ann']], dirs: ['W', 'E', 'NW', 'SW'], card: s.card });
  } else {
    const [a0, a1] = bearing === null ? [0, 360] : [bearing - 42, bearing + 42], d = pathOf(ringAt(q, threatRing(s, o), a0, a1));
    g.append(sv('path', { d, fill: 'none', stroke: 'var(--halo)', 'stroke-width': 5 }), sv('path', { d, fill: 'none', stroke: sideVar(s.side), 'stroke-width': 2.2 }));
  }
  if (!from) return;
  // a short arrow would cover the signs at both its ends: there the arc before the town tells of it, and the enlargement
  if (Math.hypot(from[0] - q[0], from[1] - q[1]) < 46) return;
  const d = Math.hypot(from[0] - q[0], from[1] - q[1]), u = [(q[0] - from[0]) / (d || 1), (q[1] - from[1]) / (d || 1)], n = [-u[1], u[0]];
  // beside the road, on the side away from the towns between: never over them
  const off = o.close ? 24 : o.small ? 9 : 12.5, stop = (s.distance_km && o.close ? (OUTSKIRTS_KM + s.distance_km) * km : o.R + 13), len = Math.max(d + o.R + 8, stop + (o.close ? 80 : 34));
  const side = -1, at = (t, k) => [q[0] - u[0] * t + n[0] * off * k * side, q[1] - u[1] * t + n[1] * off * k * side];
  const pts = bezier(at(len, 1), at(len * 0.66, 1.15), at(stop + (len - stop) * 0.36, 1.1), at(stop, 0.45));
  const h = o.link(gArrow, s, `${s.name}: ${s.label}`);
  h.append(arrow(pts, o.close ? 5.5 : o.small ? 2.6 : 3.4, sideVar(s.side)));
  o.blockLine(pts, o.small ? 2.5 : 5);
}

const MANY_FLOWS = 150;
const LABELLED = 40;

/** Hundreds of movements at once: thin arcs in a few paths, without words; the evidence lists them. */
function paintManyFlows(g, P, flows, o) {
  const shafts = ['', '', '', '', ''], heads = ['', '', '', '', ''], one = (v) => v.toFixed(0);
  for (const s of flows) {
    if (s.path.length < 2) continue;
    const a = P(s.path[0][0], s.path[0][1]), b = P(s.path[s.path.length - 1][0], s.path[s.path.length - 1][1]);
    const x0 = o.pad[0] * 0.5, y0 = o.pad[1] * 0.5, x1 = o.size[0] + 1.5 * o.pad[0], y1 = o.size[1] + 1.5 * o.pad[1];
    if ((a[0] < x0 && b[0] < x0) || (a[0] > x1 && b[0] > x1) || (a[1] < y0 && b[1] < y0) || (a[1] > y1 && b[1] > y1)) continue;
    const dx = b[0] - a[0], dy = b[1] - a[1], c = [(a[0] + b[0]) / 2 - dy * 0.18, (a[1] + b[1]) / 2 + dx * 0.18], w = Math.min(4, s.width || 1);
    shafts[w] += `M${one(a[0])} ${one(a[1])}Q${one(c[0])} ${one(c[1])} ${one(b[0])} ${one(b[1])}`;
    const ux = b[0] - c[0], uy = b[1] - c[1], d = Math.hypot(ux, uy) || 1, k = 3 + w * 1.4, ex = (ux / d) * k, ey = (uy / d) * k;
    heads[w] += `M${one(b[0])} ${one(b[1])}l${one(-ex * 1.6 - ey * 0.7)} ${one(-ey * 1.6 + ex * 0.7)}l${one(ey * 1.4)} ${one(-ex * 1.4)}z`;
  }
  shafts.forEach((d, w) => {
    if (!d) return;
    g.append(sv('path', { d, class: 'manyflows', 'stroke-width': 0.5 + w * 0.6 }), sv('path', { d: heads[w], class: 'manyheads' }));
  });
}

/** Names of the biggest towns of the tracks that are in view. */
function trackLabels(P, o, labels) {
  let n = 0;
  for (let i = TRACKS.n - 1; i >= 0 && n < LABELLED; i -= 1) {
    const q = P(TRACKS.lat[i], TRACKS.lon[i]);
    if (q[0] < o.pad[0] || q[1] < o.pad[1] || q[0] > o.pad[0] + o.size[0] || q[1] > o.pad[1] + o.size[1]) continue;
    n += 1;
    labels.push({ priority: 20 + TRACKS.rank[i], x: q[0], y: q[1], r: 4, lines: [[TRACKS.names[i], TRACKS.rank[i] > 3 ? 't-city' : 't-town']] });
  }
}

/**
 * Movements whose words stand at another arrow of the same card: "fled to Kosti" is told once, and not at all beside the
 * card's figure where both ends have their names.
 * @param {any[]} flows
 */
function sameWords(flows) {
  const mute = new Set(), told = new Set(), withFigure = new Set(flows.filter((s) => s.label.length > 1).map((s) => s.card));
  for (const s of flows) {
    const words = `${s.card} ${s.label[0]}`;
    if (told.has(words) || (s.label.length === 1 && withFigure.has(s.card) && s.end === 'both' && !s.area)) mute.add(s);
    told.add(words);
  }
  return mute;
}

/** People on the move: an arrow in ink, never in a side's colour. */
function paintFlow(g, P, s, o) {
  let pts = s.path.map((p) => P(p[0], p[1]));
  if (!pts.length) return;
  const w = arrowWidth(s.width, o.close ? 'close' : o.small ? 'small' : 'usual');
  if (pts.length === 1) {
    paintFan(g, pts[0], s, o, w);
  } else {
    pts = s.method === 'plain' && pts.length === 2 ? arc(pts[0], pts[1]) : smooth(pts);
    const long = Math.hypot(pts[0][0] - pts[pts.length - 1][0], pts[0][1] - pts[pts.length - 1][1]) > 60;
    pts = trimStart(pts, long ? o.R + 10 : o.R + 3);
    // from an area, the arrow begins where it can be seen
    const unseen = (p) => p[0] < o.frame[0] || p[1] < o.frame[1] || p[0] > o.frame[2] || p[1] > o.frame[3] || o.walls.some((w) => p[0] > w[0] && p[1] > w[1] && p[0] < w[2] && p[1] < w[3]);
    if (s.origin_area) { const first = pts.findIndex((p) => !unseen(p)); if (first > 0 && pts.length - first > 6) pts = pts.slice(first); }
    // in an area no town is named: the head stops short of the one the route leads to
    if (s.area && long) pts = trimStart(pts.reverse(), o.small ? 10 : 18).reverse();
  }
  if (s.path.length === 1) return;
  const h = o.link(g, s, s.label.join(' '));
  h.append(arrow(pts, w, 'var(--ink)', { dash: s.method === 'likely' ? `${(w * 2.2).toFixed(1)} ${(w * 0.7).toFixed(1)}` : null, hollow: s.kind === 'return', cls: `flow${isFresh(s, o.day) ? ' freshflow' : ''}` }));
  o.blockLine(pts, w / 2 + 4);
  if (!o.mute.has(s)) labelFlow(pts, s, o);
}

/** The words beside a movement. @param {number[][]} pts */
function labelFlow(pts, s, o) {
  const tip = pts[pts.length - 1];
  if (o.inset) {
    const on = pts.find((p) => p[0] < o.pad[0] + o.size[0] * 0.3) || pts[Math.floor(pts.length / 3)];
    o.labels.push({ priority: 90, x: on[0], y: on[1], r: 8, lines: [[s.label[1] || s.label[0], 't-ann']], far: true, card: s.card });
    return;
  }
  const lines = (wide() ? s.label : s.label.slice(0, 2)).map((t, i) => [i ? t : withDoubt(s, t), i ? 't-ann2' : 't-ann']);
  o.labels.push({ priority: 120, x: tip[0], y: tip[1], r: 12, lines, far: true, keep: true, card: s.card, cost: o.cost });
}

/** The bearings of the arrows of a fan, in degrees: all round, since no direction is told. */
const FAN = [30, 90, 150, 210, 270, 330];

/** Pixels from a place to the inner and outer ends of the arrows round it. */
const fanReach = (o) => [o.R + 7, o.R + 28];

/** A movement of which the text tells one end: arrows out of it, or into it, on all sides alike. */
function paintFan(g, at, s, o, w) {
  const h = o.link(g, s, s.label.join(' ')), [near, far] = fanReach(o), thin = Math.min(w, 2);
  for (const a of FAN) {
    const [inner, outer] = [near, far].map((r) => ringAt(at, r, a, a)[0]), middle = ringAt(at, (near + far) / 2, a, a)[0];
    const pts = s.end === 'origin' ? [inner, middle, outer] : [outer, middle, inner];
    o.blockLine(pts, 4);
    h.append(arrow(pts, thin, 'var(--ink)', { hollow: s.kind === 'return', cls: `flow fan${isFresh(s, o.day) ? ' freshflow' : ''}` }));
  }
  if (!o.mute.has(s)) labelFlow([at, ringAt(at, far, 120, 120)[0]], s, { ...o, cost: null }); // beside its arrows, not on empty ground far off
}

/** A line of a label that runs from right to left, so that names in other letters do not turn its order around. @param {string} text */
const rightToLeft = (text) => (RTL && /[\u0590-\u08ff]/.test(text) ? `${RLI}${text}${PDI}` : text);

function drawLabels(g, placed, o, link) {
  for (const { box, anchor, lines, leader, label } of placed) {
    const top = label.card && !o.inset ? link(g, { card: label.card }, lines.map((q) => q[0]).join(' ')) : g;
    const x = anchor === 'start' ? box[0] : anchor === 'end' ? box[2] : (box[0] + box[2]) / 2;
    if (leader) {
      const cx = Math.min(Math.max(label.x, box[0] - 3), box[2] + 3), cy = Math.min(Math.max(label.y, box[1] - 3), box[3] + 3);
      const d = Math.hypot(label.x - cx, label.y - cy) || 1;
      top.append(sv('path', { d: pathOf([[cx, cy], [label.x - ((label.x - cx) / d) * (label.r * 0.6), label.y - ((label.y - cy) / d) * (label.r * 0.6)]]), class: 'leader' }));
    }
    let y = box[1];
    for (const [text, cls] of lines) {
      y += LINE_HEIGHT[cls];
      top.append(sv('text', { x: x.toFixed(1), y: (y - LINE_HEIGHT[cls] * 0.24).toFixed(1), 'text-anchor': anchor, class: cls, 'data-box': box.map((v) => v.toFixed(1)).join(' ') }, rightToLeft(text)), ' ');
    }
  }
}
