// Runs inside the page: finds elements by role and accessible name.
import { computeAccessibleName, getRole, isInaccessible } from "dom-accessibility-api";

const isNamed = (element, name) => {
  const has = computeAccessibleName(element).trim();
  return typeof name === "string" ? has === name : new RegExp(name.pattern).test(has);
};

/** The first element with this role and name (a string, an object with a `pattern`, or nothing for any name). */
export function find(role, name) {
  const all = [...document.querySelectorAll("*")].filter((element) => getRole(element) === role && !isInaccessible(element));
  const found = all.find((element) => name == null || isNamed(element, name));
  found?.scrollIntoView({ block: "center" });
  return found ?? null;
}

/** The state of an element; null if it doesn't exist. */
export function tell(role, name) {
  const element = find(role, name);
  if (!element) return null;
  const isOpen = element.getAttribute("aria-expanded") === "true";
  return { text: element.innerText ?? "", value: element.value ?? "", disabled: element.matches(":disabled"), isOpen };
}

/** The form's frame in a host page. */
export const frame = () => document.querySelector("identity-portal")?.shadowRoot?.querySelector("iframe") ?? null;

export const address = () => location.href;

/** Whether the tab has a stored session. */
export const isSignedIn = () => sessionStorage.getItem("identity-portal:session") !== null;
