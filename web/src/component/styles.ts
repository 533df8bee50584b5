/** The component's look. Every colour is a variable that the host may set. */

import { css } from "lit";

export const STYLES = css`
  :host {
    --_ink: var(--capture-ink, #17211f);
    --_surface: var(--capture-surface, #ffffff);
    --_line: var(--capture-line, #6d7a76);
    --_accent: var(--capture-accent, #0b5d50);
    --_on-accent: var(--capture-on-accent, #ffffff);
    --_good: var(--capture-good, #3ddc97);
    --_warn: var(--capture-warn, #8a4b00);
    --_danger: var(--capture-danger, #a12a1e);
    --_radius: var(--capture-radius, 14px);
    display: block;
    color: var(--_ink);
    font: 1rem/1.5 var(--capture-font, system-ui, sans-serif);
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --_ink: var(--capture-ink, #e8ece9);
      --_surface: var(--capture-surface, #1a211f);
      --_line: var(--capture-line, #8b9893);
      --_accent: var(--capture-accent, #7fd6bf);
      --_on-accent: var(--capture-on-accent, #06231d);
      --_warn: var(--capture-warn, #f0b45c);
      --_danger: var(--capture-danger, #ff9c8f);
    }
  }
  :host([hidden]) {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p,
  h2 {
    margin: 0;
  }
  .capture {
    max-width: 34rem;
    margin-inline: auto;
  }
  .prompt {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 5rem;
    padding-block: 0.25rem 0.75rem;
    font-size: clamp(1.25rem, 5.2vw, 1.625rem);
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-wrap: balance;
  }
  .prompt.request {
    font-size: clamp(1.5rem, 6.6vw, 2.125rem);
    font-weight: 750;
    letter-spacing: -0.01em;
  }
  .prompt.right {
    flex-direction: row-reverse;
  }
  .sign {
    flex: none;
    width: 3rem;
    height: 3rem;
    color: var(--_accent);
  }
  svg path,
  svg circle,
  svg ellipse {
    fill: none;
    stroke: currentColor;
    stroke-width: 4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .stage {
    position: relative;
    overflow: hidden;
    aspect-ratio: var(--capture-aspect, 0.75);
    max-height: 62vh;
    max-height: 62dvh;
    max-width: 100%;
    margin-inline: auto;
    border-radius: var(--_radius);
    background: #10181a;
  }
  video {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
    transform: scaleX(-1);
  }
  .stage.judging video,
  .stage.renewing video,
  .stage.idle video,
  .stage.done video {
    opacity: 0.25;
  }
  .ring {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  svg .shade {
    fill: #10181a;
    fill-opacity: 0.5;
    stroke: none;
  }
  svg .track {
    stroke: #fff;
    stroke-opacity: 0.75;
    stroke-width: 4;
  }
  svg .filled,
  svg .going {
    stroke: var(--_good);
    stroke-width: 11;
  }
  svg .filled {
    transition: stroke-dasharray 160ms linear;
  }
  svg .filled[stroke-dasharray^="0.0 "] {
    stroke: none;
  }
  .going {
    animation: go 1.6s linear infinite;
  }
  @keyframes go {
    to {
      stroke-dashoffset: -100;
    }
  }
  .pointer {
    position: absolute;
    width: 4rem;
    height: 4rem;
    padding: 0.75rem;
    border-radius: 50%;
    background: #ffffff;
    color: #0b5d50;
    box-shadow: 0 0 0 3px #10181a66;
    animation: point 1.1s ease-in-out infinite alternate;
  }
  .pointer.left,
  .pointer.right {
    top: calc(50% - 2rem);
  }
  .pointer.left {
    left: 0.75rem;
    --shift: -0.4rem 0;
  }
  .pointer.right {
    right: 0.75rem;
    --shift: 0.4rem 0;
  }
  .pointer.up,
  .pointer.down {
    left: calc(50% - 2rem);
  }
  .pointer.up {
    top: 0.75rem;
    --shift: 0 -0.4rem;
  }
  .pointer.down {
    bottom: 0.75rem;
    --shift: 0 0.4rem;
  }
  @keyframes point {
    to {
      translate: var(--shift);
    }
  }
  .hint {
    position: absolute;
    inset-inline: 0.75rem;
    bottom: 0.75rem;
    width: fit-content;
    margin-inline: auto;
    padding: 0.5rem 1rem;
    border-radius: 999px;
    background: #fff3d6;
    color: #4a2c00;
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.3;
    text-align: center;
  }
  .pointer.down ~ .hint {
    bottom: 5.25rem;
  }
  .foot {
    min-height: 6.75rem;
    padding-top: 0.75rem;
  }
  .steps {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.75rem;
    min-height: 1.75rem;
    font-weight: 600;
  }
  .dots {
    display: inline-flex;
    gap: 0.375rem;
  }
  .dots i {
    width: 0.875rem;
    height: 0.875rem;
    border: 2px solid var(--_accent);
    border-radius: 50%;
  }
  .dots i.done {
    background: var(--_accent);
  }
  .dots i.now {
    box-shadow: inset 0 0 0 2px var(--_surface);
    background: var(--_accent);
    width: 1.5rem;
    border-radius: 999px;
  }
  .question {
    font-weight: 600;
    text-align: center;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 0.75rem;
    padding-top: 0.625rem;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 2.75rem;
    min-width: 6rem;
    padding: 0.5rem 1.125rem;
    border: 1.5px solid var(--_line);
    border-radius: 999px;
    background: var(--_surface);
    color: var(--_ink);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button.main {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  button.danger {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  button[aria-pressed="true"] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    color: var(--_accent);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  button:focus-visible,
  h2:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 3px;
  }
  button svg {
    width: 1.375rem;
    height: 1.375rem;
  }
  button svg path {
    stroke-width: 2;
  }
  button[aria-pressed="false"] .waves {
    stroke: none;
  }
  .trouble {
    padding: 1.5rem 1.25rem;
    border: 1.5px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .trouble > svg {
    width: 2.75rem;
    height: 2.75rem;
    color: var(--_warn);
  }
  .trouble h2 {
    margin-block: 0.5rem 0.5rem;
    font-size: 1.375rem;
    line-height: 1.25;
  }
  .trouble h2:focus {
    outline: none;
  }
  .trouble .buttons {
    justify-content: flex-start;
    padding-top: 1.25rem;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    .pointer,
    .going {
      animation: none;
    }
    svg .filled {
      transition: none;
    }
  }
`;
