// Where a location is on the map: one point, as a map gives it to copy, or set on the town's own map where it has one.
import L from "leaflet";
import { useEffect, useRef } from "preact/hooks";
import "leaflet/dist/leaflet.css";
import { spotOf } from "./planning-plans";
import { t } from "./texts";
import { TextField, useWho } from "./ui";

type SpotProps = { value: string; wrong?: string; set: (value: string) => void };

export function SpotField({ value, wrong, set }: SpotProps) {
  const { town } = useWho();
  return (
    <>
      <TextField id="f-spot" label={t("plSpot")} help={t("plSpotHelp")} value={value} wrong={wrong} set={set} />
      {/* Without a picture beneath there is nothing to aim at. */}
      {town.tiles_url && <SpotMap value={value} set={set} tiles={town.tiles_url} />}
    </>
  );
}

const round = (n: number) => Math.round(n * 1e6) / 1e6;

function SpotMap({ value, set, tiles }: { value: string; set: (value: string) => void; tiles: string }) {
  const { town } = useWho();
  const frame = useRef<HTMLDivElement>(null);
  const map = useRef<L.Map>();
  const marker = useRef<L.Marker>();
  const latest = useRef(set);
  latest.current = set;
  const place = (at: L.LatLng) => latest.current(`${round(at.lat)}, ${round(at.lng)}`);
  useEffect(() => {
    if (!frame.current) return;
    const made = L.map(frame.current, { zoomAnimation: false, fadeAnimation: false });
    const at = spotOf(value);
    made.setView(at ? [at.latitude, at.longitude] : [town.latitude ?? 51, town.longitude ?? 4.2], at || town.latitude ? 15 : 9);
    // Plain text, whatever a configuration holds.
    const attribution = document.createElement("span");
    attribution.textContent = town.tiles_attribution ?? "";
    L.tileLayer(tiles, { maxZoom: 19, attribution: attribution.innerHTML }).addTo(made);
    // Whose the tiles are is said, and no more.
    made.attributionControl.setPrefix(false);
    made.on("click", (e: L.LeafletMouseEvent) => place(e.latlng));
    map.current = made;
    return () => {
      map.current = undefined;
      marker.current = undefined;
      made.remove();
    };
  }, []);
  useEffect(() => {
    const at = spotOf(value);
    marker.current?.remove();
    marker.current = undefined;
    if (!map.current || !at) return;
    const icon = L.divIcon({ className: "corner", html: "•", iconSize: [26, 26] });
    const one = L.marker([at.latitude, at.longitude], { icon, draggable: true, keyboard: false, alt: t("plSpot") });
    one.on("dragend", () => place(one.getLatLng()));
    one.addTo(map.current);
    marker.current = one;
    if (!map.current.getBounds().contains(one.getLatLng())) map.current.panTo(one.getLatLng());
  }, [value]);
  const middle = () => map.current && place(map.current.getCenter());
  return (
    <div class="area">
      <p class="help" id="spot-help">
        {t("plSpotMapHelp")}
      </p>
      <div class="aim">
        <div
          ref={frame}
          class="map small"
          role="application"
          aria-label={t("map")}
          aria-describedby="spot-help"
          onKeyDown={(e) => {
            if (e.key !== "Enter" || e.target !== e.currentTarget) return;
            e.preventDefault();
            middle();
          }}
        />
        <span class="crosshair" aria-hidden="true" />
      </div>
      <button type="button" class="plain" onClick={middle}>
        {t("plSpotHere")}
      </button>
    </div>
  );
}
