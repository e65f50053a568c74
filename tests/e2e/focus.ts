// Watches the focus inside the page. If the focused element is removed, the focus falls to `body`, and keyboard users start at
// the top again: this then logs an error, which fails the test unless it is listed in `expected`.

/** Runs in every page before its own scripts. */
export function watchFocus() {
  let last: Element | null = null;
  let lost = 0;
  const described = (element: Element) => `${element.tagName.toLowerCase()} ${element.id || element.getAttribute("aria-label") || element.textContent?.trim().slice(0, 40)}`;
  // If the element still exists and is visible, the person left it, as by a click on the background.
  const isGone = (element: Element) => !element.isConnected || element.getClientRects().length === 0;
  document.addEventListener("focusin", (event) => {
    last = event.composedPath()[0] as Element;
    lost = 0;
  });
  const look = () => {
    const active = document.activeElement;
    if (last && (!active || active === document.body) && isGone(last)) {
      // The page has a few frames to move the focus.
      if (++lost === 5) {
        console.error(`the focus fell to body: it was on ${described(last)}`);
        last = null;
      }
    } else {
      lost = 0;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
