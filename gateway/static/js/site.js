// What makes pages quicker to use; each of them works without.
import { fillFromSlots } from "./slots.js";
import { sendOnce, showTroubleFirst, wholeDay } from "./forms.js";
import { followSwaps } from "./swaps.js";

fillFromSlots(document);
sendOnce(document);
wholeDay(document);
showTroubleFirst(document);
followSwaps(document);
