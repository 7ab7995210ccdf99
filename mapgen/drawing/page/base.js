/* The ground under everything: land, water, borders, roads. Each is one path, made once; a zoom only scales it. */

const BASE_ZOOM = 8; // the paths are in pixels of this zoom, south-east of the corner of the base map

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

/** The paths of the ground, by class, from the bottom up. @type {[string, string][]|null} */
let ground = null;
const BASE_SIZE = 256 * 2 ** BASE_ZOOM;

/** The corner of the paths, as [lat, lon]. */
const baseCorner = () => [D.base.bbox[3], D.base.bbox[0]];

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
  const B = D.base, roads = B.roads.map((k) => ({ type: 'LineString', coordinates: k.path.map((p) => [p[1], p[0]]) }));
  /** @type {[string, any[]][]} */
  const parts = [['other', B.land], ['focus', [B.focus]], ['lake', B.lakes], ['river', B.rivers], ['road', roads], ['admin', B.admin], ['coast', B.coast], ['border', B.borders], ['disputed', B.disputed]];
  ground = parts.map(([name, shapes]) => [`b-${name}`, path(shapes)]);
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
      this.g.setAttribute('transform', `scale(${2 ** (this.z - BASE_ZOOM)})`);
    },
    zoom(e) { L.DomUtil.setTransform(this.svg, this._map._latLngToNewLayerPoint(baseCorner(), e.zoom, e.center), this._map.getZoomScale(e.zoom, this.z)); },
  });
  new Ground().addTo(m);
}
