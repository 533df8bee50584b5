/** The subscriber's page. */

import "./component/portrait-capture.js";
import "./page/registration-page.js";
