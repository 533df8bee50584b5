/** The component alone, for an operator's own page. */

export { AttemptOver, TokenError } from "./capture/capture.js";
export { PortraitCapture } from "./component/portrait-capture.js";
