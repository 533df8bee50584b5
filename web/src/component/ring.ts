/** The oval for the face, and the ring around it that fills as the movements are done. */

import { html, svg, type TemplateResult } from "lit";

const HEIGHT = 400;

/** The oval in a picture of these proportions (width over height), in units of which the height has 400. */
export function oval(aspect: number): { width: number; height: number; x: number; y: number; rx: number; ry: number } {
  const width = HEIGHT * aspect;
  const ry = Math.min(0.39 * HEIGHT, 0.55 * width);
  return { width, height: HEIGHT, x: width / 2, y: HEIGHT / 2, rx: 0.75 * ry, ry };
}

/** `share` of the ring is filled, from the top, clockwise; `busy` lets a part of it go round. */
export function ring(aspect: number, share: number, busy: boolean): TemplateResult {
  const { width, height, x, y, rx, ry } = oval(aspect);
  const round = `M${x} ${y - ry}a${rx} ${ry} 0 0 1 0 ${2 * ry}a${rx} ${ry} 0 0 1 0 ${-2 * ry}z`;
  const filled = svg`<path class="filled" d=${round} pathLength="100" stroke-dasharray="${(100 * share).toFixed(1)} 100" />`;
  const going = svg`<path class="going" d=${round} pathLength="100" stroke-dasharray="18 82" />`;
  return html`<svg class="ring" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    <path class="shade" fill-rule="evenodd" d="M0 0H${width}V${height}H0z${round}" />
    <path class="track" d=${round} />
    ${busy ? going : filled}
  </svg>`;
}
