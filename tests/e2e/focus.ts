// Watches where the focus is, in the page itself. What has it and is removed leaves it on `body`, from where a keyboard begins
// at the top again: the page then says so in the console, which no test lets pass. A test that expects it names it in `expected`.

/** Runs in every page before its own scripts. */
export function watchFocus() {
  let last: Element | null = null;
  let lost = 0;
  const described = (element: Element) => `${element.tagName.toLowerCase()} ${element.id || element.getAttribute("aria-label") || element.textContent?.trim().slice(0, 40)}`;
  // What can be seen and is there was left by the person, as by a press on nothing.
  const isGone = (element: Element) => !element.isConnected || element.getClientRects().length === 0;
  document.addEventListener("focusin", (event) => {
    last = event.composedPath()[0] as Element;
    lost = 0;
  });
  const look = () => {
    const active = document.activeElement;
    if (last && (!active || active === document.body) && isGone(last)) {
      // The page has a few frames to find a better place.
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
