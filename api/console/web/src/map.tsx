// An area on a map. The corners are the truth: they are set by clicking, dragged, or filled in below, with a picture of the town
// beneath or without. Leaflet draws; a plugin for drawing would bring more than it does here.
import L from "leaflet";
import { useEffect, useId, useRef } from "preact/hooks";
import "leaflet/dist/leaflet.css";
import { type Schemas, api, take } from "./api";
import { t } from "./texts";
import { NumberField, isNumber, useWho } from "./ui";

type Spot = Schemas["Spot"];
const FLANDERS: Spot = { latitude: 51.0, longitude: 4.2 };
const round = (n: number) => Math.round(n * 1e6) / 1e6;
const spot = (at: L.LatLng): Spot => ({ latitude: round(at.lat), longitude: round(at.lng) });
const latLng = (s: Spot): L.LatLngTuple => [s.latitude, s.longitude];
/** Whether it is somewhere: not while its coordinates are being typed. */
export const isPlaced = (s: Spot) => isNumber(s.latitude) && isNumber(s.longitude);

/** The middle of a circle, or the corners of an area. */
export type Shape = { corners: Spot[]; set?: (corners: Spot[]) => void; meters?: number };

/** Without `set` it is only shown. */
export function Map({ corners, set: change_, meters }: Shape) {
  const fixed = change_ === undefined;
  const set = change_ ?? (() => undefined);
  const { town } = useWho();
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map>();
  const help = useId();
  const drawn = useRef<L.LayerGroup>();
  const latest = useRef({ corners, set, meters });
  latest.current = { corners, set, meters };

  /** Sets the next corner, or the middle. */
  const place = (at: Spot) => {
    const { corners, set, meters } = latest.current;
    set(meters === undefined ? [...corners, at] : [at]);
  };
  /** Where the cross-hair is. */
  const middle = () => {
    if (map.current) place(spot(map.current.getCenter()));
  };

  useEffect(() => {
    if (!frame.current) return;
    const known = town.latitude !== undefined && town.longitude !== undefined;
    const centre = known ? { latitude: town.latitude ?? 0, longitude: town.longitude ?? 0 } : FLANDERS;
    const made = L.map(frame.current, { attributionControl: !!town.tiles_url, zoomAnimation: false, fadeAnimation: false });
    made.setView(latLng(corners.find(isPlaced) ?? centre), known || corners.length > 0 ? 14 : 9);
    if (town.tiles_url) {
      // Plain text, whatever a configuration holds.
      const attribution = document.createElement("span");
      attribution.textContent = town.tiles_attribution ?? "";
      L.tileLayer(town.tiles_url, { maxZoom: 19, attribution: attribution.innerHTML }).addTo(made);
    }
    L.control.scale({ imperial: false }).addTo(made);
    if (!fixed) made.on("click", (e: L.LeafletMouseEvent) => place(spot(e.latlng)));
    map.current = made;
    // The town is known by where its people live, with a picture beneath or without.
    const homes = L.layerGroup().addTo(made);
    const ink = getComputedStyle(frame.current).color;
    let asked = 0;
    const look = async () => {
      const turn = ++asked;
      const b = made.getBounds();
      const query = { south: b.getSouth(), west: b.getWest(), north: b.getNorth(), east: b.getEast() };
      const all = await take(api.GET("/staff/v1/addresses", { params: { query } })).catch(() => undefined);
      if (turn !== asked || !all) return;
      homes.clearLayers();
      for (const home of all) {
        L.circleMarker(latLng(home), { radius: 2, stroke: false, fillColor: ink, fillOpacity: 0.45, interactive: false, renderer }).addTo(homes);
      }
    };
    const renderer = L.canvas({ padding: 0.1 });
    made.on("moveend", () => void look());
    drawn.current = L.layerGroup().addTo(made);
    if (fixed && corners[0]) {
      const bounds = meters ? L.latLng(latLng(corners[0])).toBounds(meters * 2) : L.latLngBounds(corners.map(latLng));
      made.fitBounds(bounds, { padding: [24, 24], maxZoom: 17 });
    }
    void look();
    if (!known && corners.length === 0) {
      // Where a configuration does not say where the town is, its register does.
      const query = { south: 49, west: 2, north: 52, east: 7 };
      take(api.GET("/staff/v1/addresses", { params: { query } })).then(
        (all) => {
          if (all.length > 0 && map.current === made && latest.current.corners.length === 0)
            made.fitBounds(L.latLngBounds(all.map(latLng)), { padding: [24, 24], maxZoom: 16 });
        },
        () => undefined,
      );
    }
    return () => {
      asked += 1;
      map.current = undefined;
      made.remove();
    };
  }, []);

  useEffect(() => {
    const layer = drawn.current;
    if (!layer) return;
    layer.clearLayers();
    const colour = { color: "#0b5cad", weight: 3 };
    // One whose coordinates are being typed is nowhere yet.
    const placed = corners.filter(isPlaced);
    if (meters !== undefined && placed[0]) L.circle(latLng(placed[0]), { ...colour, radius: meters || 1 }).addTo(layer);
    if (meters === undefined && placed.length > 1) L.polygon(placed.map(latLng), colour).addTo(layer);
    if (!fixed)
      corners.forEach((corner, n) => {
        if (!isPlaced(corner)) return;
        const icon = L.divIcon({ className: "corner", html: String(n + 1), iconSize: [26, 26] });
        const marker = L.marker(latLng(corner), { icon, draggable: true, alt: t("corner", { n: n + 1 }), keyboard: false });
        marker.on("dragend", () => {
          const { corners, set } = latest.current;
          set(corners.map((c, i) => (i === n ? spot(marker.getLatLng()) : c)));
        });
        marker.addTo(layer);
      });
  }, [corners, meters]);

  if (fixed) {
    return (
      <div ref={frame} class={town.tiles_url ? "map small" : "map small bare"} role="img" aria-label={t("map")} inert />
    );
  }
  const change = (n: number, part: Partial<Spot>) => set(corners.map((c, i) => (i === n ? { ...c, ...part } : c)));
  return (
    <div class="area">
      <p class="help" id={help}>
        {meters === undefined ? t("areaHelp") : t("circleHelp")}
      </p>
      <div class="aim">
        <div
          ref={frame}
          class={town.tiles_url ? "map" : "map bare"}
          role="application"
          aria-label={t("map")}
          aria-describedby={help}
          onKeyDown={(e) => {
            if (e.key !== "Enter" || e.target !== e.currentTarget) return;
            e.preventDefault();
            middle();
          }}
        />
        <span class="crosshair" aria-hidden="true" />
      </div>
      {meters !== undefined && (
        <div class="row">
          <button type="button" class="plain" onClick={middle}>
            {t("middleHere")}
          </button>
        </div>
      )}
      {meters === undefined && (
        <div class="row">
          <button type="button" class="plain" onClick={middle}>
            {t("addCorner")}
          </button>
          <button type="button" class="plain" disabled={corners.length === 0} onClick={() => set(corners.slice(0, -1))}>
            {t("undoCorner")}
          </button>
          <button type="button" class="plain" disabled={corners.length === 0} onClick={() => set([])}>
            {t("clearArea")}
          </button>
        </div>
      )}
      <details>
        <summary>
          {t("latitude")} / {t("longitude")} ({corners.length})
        </summary>
        {corners.map((corner, n) => (
          <fieldset class="inline" key={n}>
            <legend>{t("corner", { n: n + 1 })}</legend>
            <NumberField
              label={t("latitude")}
              step="0.000001"
              min={-90}
              max={90}
              value={corner.latitude}
              set={(latitude) => change(n, { latitude })}
            />
            <NumberField
              label={t("longitude")}
              step="0.000001"
              min={-180}
              max={180}
              value={corner.longitude}
              set={(longitude) => change(n, { longitude })}
            />
          </fieldset>
        ))}
      </details>
    </div>
  );
}
