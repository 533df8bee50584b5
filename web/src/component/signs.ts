/** The signs beside the words. Left of the person is left in the mirrored picture, so the arrows are as in a mirror. */

import { html, nothing, svg, type TemplateResult } from "lit";

export type Direction = "left" | "right" | "up" | "down" | "in";

/** Which way each movement goes, as seen in the mirrored picture. */
export const DIRECTIONS: Readonly<Record<string, Direction>> = {
  "turn-left": "left",
  "turn-right": "right",
  "look-up": "up",
  "look-down": "down",
  "approach": "in",
  "too-far": "in",
};

const ARROWS: Record<Direction, TemplateResult> = {
  left: svg`<path d="M41 24H9M22 10 8 24l14 14" />`,
  right: svg`<path d="M7 24h32M26 10l14 14-14 14" />`,
  up: svg`<path d="M24 41V9M10 22 24 8l14 14" />`,
  down: svg`<path d="M24 7v32M10 26l14 14 14-14" />`,
  in: svg`<path d="M6 6l13 13M19 9v10H9M42 42 29 29M29 39V29h10M42 6 29 19M29 9v10h10M6 42l13-13M19 39V29H9" />`,
};

const SHUT = svg`<path d="M5 20c10 13 28 13 38 0M9 28l-4 5M19 31l-2 6M29 31l2 6M39 28l4 5" />`;

const OTHERS: Record<string, TemplateResult> = {
  "blink": SHUT,
  "close-eyes": SHUT,
  "open-eyes": svg`<path d="M4 24c10-15 30-15 40 0-10 15-30 15-40 0z" /><circle cx="24" cy="24" r="6" />`,
  "open-mouth": svg`<circle cx="24" cy="24" r="19" /><ellipse cx="24" cy="31" rx="7" ry="8" /><path d="M16 16v2M32 16v2" />`,
  "turn-back": svg`<path d="M4 24h12M11 17l7 7-7 7M44 24H32M37 17l-7 7 7 7" />`,
};

const drawing = (code: string | null): TemplateResult | undefined => {
  const direction = code === null ? undefined : DIRECTIONS[code];
  return direction !== undefined ? ARROWS[direction] : OTHERS[code ?? ""];
};

/** The sign of an action or a hint; nothing for what has none. */
export function sign(code: string | null): TemplateResult | typeof nothing {
  const found = drawing(code);
  if (found === undefined) return nothing;
  return html`<svg class="sign" viewBox="0 0 48 48" aria-hidden="true" data-direction=${DIRECTIONS[code ?? ""] ?? nothing}>${found}</svg>`;
}

/** The arrow at the edge of the picture to which the movement goes; nothing for movements without a direction. */
export function pointer(code: string | null): TemplateResult | typeof nothing {
  const direction = code === null ? undefined : DIRECTIONS[code];
  if (direction === undefined || direction === "in") return nothing;
  return html`<svg class="pointer ${direction}" viewBox="0 0 48 48" aria-hidden="true">${ARROWS[direction]}</svg>`;
}
