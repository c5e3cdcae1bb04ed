// Line drawings of ours, 24 by 24, in the colour of the text around them.

import { svg, type SVGTemplateResult } from "lit";

function icon(path: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${path}</svg>`;
}

export const chat = icon(svg`<path d="M20 4.5H4A1.5 1.5 0 0 0 2.5 6v10A1.5 1.5 0 0 0 4 17.5h3V21l4.5-3.5H20a1.5 1.5 0 0 0 1.5-1.5V6A1.5 1.5 0 0 0 20 4.5Z"/><path d="m8.5 11 2.5 2.5 4.5-4.5"/>`);
export const close = icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const send = icon(svg`<path d="M12 19V5m-6 6 6-6 6 6"/>`);
export const attach = icon(svg`<path d="m20 11.5-7.8 7.8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3"/>`);
export const camera = icon(svg`<path d="M4 7.5h3l1.5-2.5h7L17 7.5h3A1.5 1.5 0 0 1 21.5 9v9a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 18V9A1.5 1.5 0 0 1 4 7.5Z"/><circle cx="12" cy="13" r="3.5"/>`);
export const file = icon(svg`<path d="M13.5 3H7a1.5 1.5 0 0 0-1.5 1.5v15A1.5 1.5 0 0 0 7 21h10a1.5 1.5 0 0 0 1.5-1.5V8Z"/><path d="M13.5 3v5h5"/>`);
export const again = icon(svg`<path d="M4 12a8 8 0 1 0 2.7-6M4 4v4.5h4.5"/>`);
export const person = icon(svg`<circle cx="12" cy="8" r="3.8"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>`);
export const download = icon(svg`<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>`);
export const clock = icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.3 2"/>`);
export const bag = icon(svg`<path d="M5.5 8h13l1 12h-15ZM8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>`);
export const ticket = icon(svg`<path d="M3 7.5h18v3.2a1.8 1.8 0 0 0 0 3.6v3.2H3v-3.2a1.8 1.8 0 0 0 0-3.6ZM14.5 8v1.5m0 3v1.5m0 2.5v1"/>`);
export const down = icon(svg`<path d="M12 5v14m-6-6 6 6 6-6"/>`);
export const minus = icon(svg`<path d="M6 12h12"/>`);
export const plus = icon(svg`<path d="M6 12h12M12 6v12"/>`);
export const check = icon(svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`);
