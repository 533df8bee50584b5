/** The page on which anybody verifies a receipt. */

import "./receipt/receipt-page.js";
