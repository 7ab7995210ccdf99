/* The ground under everything: land, water, borders, roads. Each is one path, made once; a zoom only scales it. */

const BASE_ZOOM = 8; // the paths are in pixels of this zoom, south-east of the corner of the base map

const DISTRICT_PX = 36; // lines between districts that are smaller would be noise

/** All polygons and lines of GeoJSON geometries, as lists of [lon, lat] and whether they close. @param {any} g @returns {[number[][], boolean][]} */
function runsOf(g) {
  switch (g && g.type) {
    case 'LineString': return [[g.coordinates, false]];
    case 'MultiLineString': return g.coordinates.map((c) => [c, false]);
    case 'Polygon': return g.coordinates.map((c) => [c, true]);
    case 'MultiPolygon': return g.coordinates.flat().map((c) => [c, true]);
    case 'GeometryCollection': return g.geometries.flatMap(runsOf);
    default: return [];
  }
}

/**
 * A closed line through points, with smooth turns: shores are known by points some hundred metres apart.
 * A corner bends by a third of its shorter side at most, so that no bay runs over another.
 * @param {number[][]} pts points, the first one repeated at the end
 */
function smoothShore(pts) {
  const n = pts.length - 1, at = (/** @type {number} */ i) => pts[(i + n) % n];
  if (n < 4) return `M${pts.map((p) => `${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join('L')}Z`;
  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  const turn = pts.slice(0, n).map((p, i) => {
    const a = at(i - 1), b = at(i + 1), d = far(a, b) || 1, k = Math.min(far(a, p), far(p, b)) / 3;
    return [((b[0] - a[0]) / d) * k, ((b[1] - a[1]) / d) * k];
  });
  let d = `M${pts[0][0].toFixed(1)} ${pts[0][1].toFixed(1)}`;
  for (let i = 0; i < n; i += 1) {
    const p = at(i), q = at(i + 1), t = turn[i], u = turn[(i + 1) % n];
    d += `C${[p[0] + t[0], p[1] + t[1], q[0] - u[0], q[1] - u[1], q[0], q[1]].map((v) => v.toFixed(1)).join(' ')}`;
  }
  return `${d}Z`;
}

/** The paths of the ground, by class, from the bottom up. @type {[string, string][]|null} */
let ground = null;
const BASE_SIZE = 256 * 2 ** BASE_ZOOM;

/** The corner of the paths, as [lat, lon]. */
const baseCorner = () => [D.base.bbox[3], D.base.bbox[0]];

/** Rings of the coarse world, as lists of [lon, lat]. @returns {number[][][]} */
const coarseRings = () => (D.base.world || []).map((r) => Array.from({ length: r.length / 2 }, (_, i) => [r[2 * i] / 10, r[2 * i + 1] / 10]));

/** The coarse world, and sea in the box that the fine ground fills. */
function farPaths(x0, y0) {
  if (!D.base.world) return [];
  const at = (lon, lat) => `${(worldX(lon) * BASE_SIZE - x0).toFixed(0)} ${(worldY(Math.max(-85, Math.min(85, lat))) * BASE_SIZE - y0).toFixed(0)}`;
  const [w, s, e, n] = D.base.far, turn = (by) => coarseRings().map((ring) => `M${ring.map(([lon, lat]) => at(lon + by, lat)).join('L')}Z`).join('');
  return [['b-other', [-360, 0, 360].map(turn).join('')], ['b-sea', `M${at(w, n)}L${at(e, n)}L${at(e, s)}L${at(w, s)}Z`]];
}

function groundPaths() {
  if (ground) return ground;
  const [lat0, lon0] = baseCorner(), x0 = worldX(lon0) * BASE_SIZE, y0 = worldY(lat0) * BASE_SIZE;
  const path = (shapes) => {
    let d = '';
    for (const g of shapes) {
      for (const [run, closed] of runsOf(g)) {
        for (let i = 0; i < run.length; i += 1) d += `${i ? 'L' : 'M'}${(worldX(run[i][0]) * BASE_SIZE - x0).toFixed(1)} ${(worldY(run[i][1]) * BASE_SIZE - y0).toFixed(1)}`;
        if (closed) d += 'Z';
      }
    }
    return d;
  };
  const at = ([lon, lat]) => [worldX(lon) * BASE_SIZE - x0, worldY(lat) * BASE_SIZE - y0];
  const shores = (shapes) => shapes.flatMap(runsOf).map(([run]) => smoothShore(run.map(at))).join('');
  const B = D.base, roads = B.roads.map((k) => ({ type: 'LineString', coordinates: k.path.map((p) => [p[1], p[0]]) }));
  /** @type {[string, any[]][]} */
  const parts = [['focus', B.own_beyond ? [B.own_beyond] : []], ['other', B.land], ['focus', [B.focus]], ['river', B.rivers], ['lake', B.lakes], ['road', roads], ['district', B.districts ? B.districts.lines : []], ['admin', B.admin], ['coast', B.coast], ['border', B.borders], ['disputed', B.disputed]];
  ground = [.../** @type {[string, string][]} */ (farPaths(x0, y0)), ...parts.map(([name, shapes]) => /** @type {[string, string]} */ ([`b-${name}`, name === 'lake' ? shores(shapes) : path(shapes)]))];
  return ground;
}

/** Land, water and lines as a layer of a map, under everything else. @param {any} m */
function drawBase(m) {
  const Ground = L.Layer.extend({
    onAdd(map) {
      const pane = map.createPane('mgBase');
      pane.style.zIndex = '150';
      pane.style.pointerEvents = 'none';
      this.g = sv('g', {}, ...groundPaths().filter(([, d]) => d).map(([cls, d]) => sv('path', { class: cls, d })));
      this.svg = sv('svg', { class: 'base leaflet-zoom-animated', width: 1, height: 1, 'aria-hidden': 'true' }, this.g);
      pane.append(this.svg);
      this.place();
    },
    onRemove() { this.svg.remove(); },
    getEvents() { return { viewreset: this.place, zoomend: this.place, zoomanim: this.zoom }; },
    place() {
      const map = this._map;
      this.z = map.getZoom();
      L.DomUtil.setTransform(this.svg, map.latLngToLayerPoint(baseCorner()), 1);
      if (D.base.districts) this.svg.classList.toggle('far', (D.base.districts.side / 360) * 256 * 2 ** this.z < DISTRICT_PX);
      this.g.setAttribute('transform', `scale(${2 ** (this.z - BASE_ZOOM)})`);
    },
    zoom(e) { L.DomUtil.setTransform(this.svg, this._map._latLngToNewLayerPoint(baseCorner(), e.zoom, e.center), this._map.getZoomScale(e.zoom, this.z)); },
  });
  new Ground().addTo(m);
}

/** The lengths that a scale bar may have, in km. */
const BAR_KM = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/** A bar that says how far is how far, at the latitude of the middle of the view. @param {any} m */
function scaleBar(m) {
  const bar = $('#scale'), c = m.getCenter(), y = m.getSize().y / 2;
  const metres = m.distance(m.containerPointToLatLng([0, y]), m.containerPointToLatLng([100, y])) / 100;
  const km = [...BAR_KM].reverse().find((k) => (k * 1000) / metres <= 120) || BAR_KM[0];
  bar.hidden = !Number.isFinite(metres) || metres <= 0 || !c;
  if (bar.hidden) return;
  bar.replaceChildren(el('span', {}, `${km.toLocaleString('en')} km`));
  bar.style.width = `${((km * 1000) / metres).toFixed(1)}px`;
  // over the credits, which take up to three lines on a phone
  bar.style.setProperty('--credits', `${Math.max(26, $('#credit').offsetHeight + 8)}px`);
}

/** Put the globe between the badges and the key, where no sign stands; away if there is no room. */
function placeLocator() {
  const globe = $('#locator'), box = $('#mapbox').getBoundingClientRect(), badges = $$('.badge').map((b) => b.getBoundingClientRect()).filter((b) => b.width);
  const top = Math.max(12, ...badges.map((b) => b.bottom - box.top + 10)), key = $('#legend')?.getBoundingClientRect();
  globe.style.top = `${top}px`;
  globe.style.visibility = (key && key.width && top + 94 > key.top - box.top) || box.width < 900 ? 'hidden' : '';
}

/** A small globe with the frame of the map on it. */
function locator() {
  if (!D.base.world) return;
  const r = 40, [w, s, e, n] = D.base.bbox, rad = Math.PI / 180, lat0 = Math.max(-60, Math.min(60, (s + n) / 2)) * rad, lon0 = ((w + e) / 2) * rad;
  const project = ([lon, lat]) => {
    const x = Math.cos(lat * rad) * Math.sin(lon * rad - lon0), y = Math.cos(lat0) * Math.sin(lat * rad) - Math.sin(lat0) * Math.cos(lat * rad) * Math.cos(lon * rad - lon0);
    const near = Math.sin(lat0) * Math.sin(lat * rad) + Math.cos(lat0) * Math.cos(lat * rad) * Math.cos(lon * rad - lon0), k = near < 0 ? 1 / (Math.hypot(x, y) || 1) : 1;
    return { at: `${(r + 2 + x * k * r).toFixed(1)} ${(r + 2 - y * k * r).toFixed(1)}`, near: near >= 0 };
  };
  const land = coarseRings().map((ring) => ring.map(project)).filter((ring) => ring.some((p) => p.near)).map((ring) => `M${ring.map((p) => p.at).join('L')}Z`).join('');
  const few = Math.max(0, 5 - (e - w) / 2), tall = Math.max(0, 5 - (n - s) / 2); // a small frame must be seen
  const box = [[w - few, n + tall], [e + few, n + tall], [e + few, s - tall], [w - few, s - tall]].map(project).map((p) => p.at).join('L');
  const where = D.meta.country ? tr('locator_in', { country: D.meta.country }) : tr('locator');
  $('#locator').replaceChildren(sv('svg', { width: 2 * r + 4, height: 2 * r + 4, role: 'img', 'aria-label': where }, sv('title', {}, where), sv('circle', { cx: r + 2, cy: r + 2, r, class: 'b-sea' }), sv('path', { d: land, class: 'g-land' }), sv('circle', { cx: r + 2, cy: r + 2, r, class: 'g-rim' }), sv('path', { d: `M${box}Z`, class: 'g-box' })));
}
