// @ts-check
// Line icons, drawn for this page on a grid of 24.

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
const PATHS = {
  plus: "M12 5v14M5 12h14",
  circleplus: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 8v8M8 12h8",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14.5c1 1.4 2.4 2 4 2s3-.6 4-2M9 9.2v.6M15 9.2v.6",
  keyboard: "M3.5 7h17v10h-17zM7 10.2h.1M10.3 10.2h.1M13.6 10.2h.1M17 10.2h.1M8 13.8h8",
  menu: "M5 7h14M5 12h14M5 17h14",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.1",
  voice:
    "M12 4a2.5 2.5 0 0 0-2.5 2.5v5a2.5 2.5 0 0 0 5 0v-5A2.5 2.5 0 0 0 12 4M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3M9 20h6",
  video: "M3.5 7h11v10h-11zM14.5 11l6-3v8l-6-3",
  short: "M8 4h8v16H8zM11 10l3 2-3 2z",
  location: "M12 21c4-4.6 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6.4 6 11M12 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.6-5.6l-1.5 1.5M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.6 5.6l1.5-1.5",
  file: "M6 3.5h8l4 4v13H6zM14 3.5v4h4",
  program: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9 15.5a2 2 0 1 1 1.5-2.5V10.5a2 2 0 1 1 2.5 2.5",
  scan: "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M4 12h16",
  sticker: "M5 4h14v9l-6 7H5zM13 20v-7h6M9 9.5h.1M14 9.5h.1",
  beacon:
    "M12 12h.1M8.5 15.5a5 5 0 0 1 0-7M15.5 8.5a5 5 0 0 1 0 7M5.7 18.3a9 9 0 0 1 0-12.6M18.3 5.7a9 9 0 0 1 0 12.6",
  bolt: "M13 3 5 13.5h6L10.5 21 19 10h-6z",
  code: "M8.5 7 3.5 12l5 5M15.5 7l5 5-5 5",
  chevron: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  more: "M5.5 12h.1M12 12h.1M18.5 12h.1",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  music:
    "M9 17.5V6l10-2v11M9 17.5a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0M19 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0",
  card: "M4 6h16v12H4zM4 10h16M7 15h4",
  person: "M12 11.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M5 20c.6-4 3.3-6 7-6s6.4 2 7 6",
  personplus:
    "M10 11.5A3.6 3.6 0 1 0 10 4.3a3.6 3.6 0 0 0 0 7.2M3.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6M19 8v6M16 11h6",
  clock: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2",
  fault: "M12 4 3 20h18zM12 10v5M12 17.5v.1",
  inspect: "M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12M15 15l5.5 5.5",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  contrast: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 3v18M12 7.5l4.5 4.5M12 12.5l3.5 3.5",
  replay: "M5 12a7 7 0 1 0 2.3-5.2M5 4v4.5h4.5",
  restart: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5M12 8v4l3 2",
  folder: "M3.5 6h6l2 2.5h9V19h-17z",
  mute: "M4.5 10v4h3.5l4.5 4V6L8 10zM16 9.5l5 5M21 9.5l-5 5",
  agree: "M4 5h16v11H9l-4 4v-4H4zM8.5 10.5l2.5 2.5 4.5-4.5",
  edit: "M5 19h4L19.5 8.5l-4-4L5 15zM13.5 6.5l4 4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  test: "M9 3.5h6M10 3.5V10l-5 9.5h14L14 10V3.5M7.5 15h9",
  check: "M5 12.5l4.5 4.5L19 7.5",
  staff: "M5 14v-2a7 7 0 0 1 14 0v2M5 13.5h3v5H5zM16 13.5h3v5h-3zM18 18.5c0 1.5-2 2.5-5 2.5",
  refresh: "M19 12a7 7 0 1 1-2.3-5.2M19 4v4.5h-4.5",
  globe:
    "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9",
  save: "M12 4v11M7.5 10.5 12 15l4.5-4.5M4.5 15v4.5h15V15",
  compare: "M8 5v14M8 5 5 8M8 5l3 3M16 19V5M16 19l-3-3M16 19l3-3",
};

/** A decorative icon. @param {string} name @returns {SVGSVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}
