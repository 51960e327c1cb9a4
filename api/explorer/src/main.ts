import { Page } from "./page";
import { keptLanguage, preferred, speak } from "./words";

speak(preferred(keptLanguage(), navigator.languages));
void new Page(document.getElementById("app")!).open();
