/** The page on which one can try it. */

import "./try/try-page.js";
