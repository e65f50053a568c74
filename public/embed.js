// <identity-portal src="https://identity.example/">: the form inside another page, in a frame with only the permissions it
// needs. The frame sends a knock, we answer with a port, and all other messages go through that. See docs/embedding.md;
// src/embed/message.rs is the other end. It exports nothing, so that it also runs as a classic script.
{
  const PROTOCOL = "identity-portal/1";
  const SANDBOX =
    "allow-scripts allow-same-origin allow-forms allow-downloads allow-popups allow-popups-to-escape-sandbox";
  const PLACE = "#/create/user-assigned-identity";
  const TITLE = "Create a managed identity";
  // The same as in src/embed/limits.rs: the maximum characters of a message in each direction, and the maximum height in pixels.
  const HEARD_MAX = 4194304;
  const SAID_MAX = 131072;
  const HEIGHT_MAX = 20000;
  // Azure Resource Manager's audience in each cloud. Tokens are requested for no other.
  const AUDIENCES = [
    "https://management.azure.com",
    "https://management.usgovcloudapi.net",
    "https://management.chinacloudapi.cn",
  ];
  const NONCE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const names = new Set();

  const parse = (text) => {
    try {
      const message = typeof text === "string" && text.length <= HEARD_MAX && JSON.parse(text);
      return message && typeof message === "object" ? message : undefined;
    } catch {
      return undefined;
    }
  };

  // A theme is a name, or an object of design tokens ("--accent") with an optional `name`.
  const themeOf = (theme) => {
    const all = typeof theme === "string" ? { name: theme } : { ...theme };
    const tokens = Object.entries(all).filter(([name, value]) => name.startsWith("--") && typeof value === "string");
    return { name: String(all.name ?? ""), tokens: Object.fromEntries(tokens) };
  };

  class IdentityPortal extends HTMLElement {
    static observedAttributes = ["src", "instance", "mode", "theme", "locale", "fixed", "hidden-fields"];

    #frame;
    #port;
    #origin;
    #name;
    #nonces = new Set();
    #timer;
    #said;
    #given = {};
    #ignored = 0;
    #ignoredThere = 0;
    #wantsFocus = false;
    #heard = (event) => this.#hear(event);

    /** How long the page may take to knock, from its start and again once it has loaded, in milliseconds. */
    patience = 20000;

    connectedCallback() {
      // Properties set before the element was defined shadow the accessors.
      for (const name of ["tokenProvider", "audience", "prefill", "rules", "theme", "locale", "mode", "fixed", "hiddenFields"]) {
        if (Object.hasOwn(this, name)) {
          const value = this[name];
          delete this[name];
          this[name] = value;
        }
      }
      this.#open();
    }

    disconnectedCallback() {
      this.destroy();
    }

    attributeChangedCallback(name, before, now) {
      // `src` may be set late or corrected; without it there is no frame yet.
      if (before === now || !(this.#frame || name === "src")) return;
      if (name === "theme") this.#say("theme", { theme: themeOf(this.theme) });
      else if (name === "locale") this.#say("locale", { locale: this.locale });
      else this.#open();
    }

    get tokenProvider() {
      return this.#given.tokenProvider;
    }
    set tokenProvider(provider) {
      this.#given.tokenProvider = provider;
      this.#say("tokens", { available: typeof provider === "function" });
    }

    /** The audience of tokens: Azure Resource Manager's in a custom cloud. */
    get audience() {
      return this.#given.audience ?? this.getAttribute("audience") ?? "";
    }
    set audience(audience) {
      this.#given.audience = String(audience);
    }

    get prefill() {
      return this.#given.prefill ?? {};
    }
    set prefill(values) {
      // Frameworks also set unchanged values, and sending those would overwrite what the person has typed.
      if (this.#take("prefill", values)) this.#say("prefill", { values: this.prefill });
    }

    get theme() {
      return this.#given.theme ?? this.getAttribute("theme") ?? "";
    }
    set theme(theme) {
      this.#given.theme = theme;
      this.#say("theme", { theme: themeOf(this.theme) });
    }

    get locale() {
      return this.#given.locale ?? this.getAttribute("locale") ?? "";
    }
    set locale(locale) {
      this.#given.locale = String(locale);
      this.#say("locale", { locale: this.locale });
    }

    // The page takes these only when it starts, so a change restarts it.
    get rules() {
      return this.#given.rules;
    }
    set rules(rules) {
      this.#begin("rules", rules);
    }
    get mode() {
      return this.#given.mode ?? this.getAttribute("mode") ?? "create";
    }
    set mode(mode) {
      this.#begin("mode", mode);
    }
    get fixed() {
      return this.#given.fixed ?? this.#list("fixed");
    }
    set fixed(fields) {
      this.#begin("fixed", fields);
    }
    get hiddenFields() {
      return this.#given.hiddenFields ?? this.#list("hidden-fields");
    }
    set hiddenFields(fields) {
      this.#begin("hiddenFields", fields);
    }

    /** How many messages were ignored: here, and in the page. */
    get ignored() {
      return { here: this.#ignored, there: this.#ignoredThere };
    }

    /** Moves the focus into the form, now or once it is ready. */
    focus(options) {
      this.#wantsFocus = !this.#port;
      this.#frame?.focus(options);
      this.#say("focus");
    }

    /** Removes the form and its state. Connecting the element again creates a new one. */
    destroy() {
      removeEventListener("message", this.#heard);
      clearTimeout(this.#timer);
      this.#hangUp();
      names.delete(this.#name);
      this.#frame?.remove();
      this.#said?.remove();
      this.#frame = this.#said = this.#name = undefined;
    }

    #list(name) {
      return (this.getAttribute(name) ?? "").split(/[\s,]+/).filter(Boolean);
    }

    #take(name, value) {
      const before = JSON.stringify(this.#given[name]);
      this.#given[name] = value;
      return before !== JSON.stringify(value);
    }

    #begin(name, value) {
      if (this.#take(name, value) && this.#port) this.#open();
    }

    #open() {
      this.destroy();
      const written = this.getAttribute("src");
      if (!this.isConnected || !written) return;
      let url;
      try {
        url = new URL(written, document.baseURI);
      } catch {
        url = { protocol: "" };
      }
      if (!/^https?:$/.test(url.protocol)) return this.#fail("bad-src", "src has to be the address of an Identity Portal.");
      this.#origin = url.origin;
      // Several elements on a page have separate storage.
      let name = this.getAttribute("instance") ?? "";
      for (let number = 2; !this.hasAttribute("instance") && names.has(name); number += 1) name = String(number);
      names.add((this.#name = name));
      if (name) url.searchParams.set("instance", name);
      if (!url.hash) url.hash = PLACE;

      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", SANDBOX);
      frame.allow = "clipboard-write";
      frame.title = this.getAttribute("label") ?? TITLE;
      // Not by an attribute, which the host page's style-src may forbid.
      Object.assign(frame.style, { display: "block", width: "100%", height: "640px", border: "0", colorScheme: "normal" });
      frame.addEventListener("load", () => this.#wait());
      frame.src = url.href;
      this.#frame = frame;
      (this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true })).append(frame);
      addEventListener("message", this.#heard);
      // A server that never answers triggers no load event either.
      this.#wait();
    }

    #wait() {
      clearTimeout(this.#timer);
      if (this.#port) return;
      this.#timer = setTimeout(
        () =>
          this.#fail(
            "no-handshake",
            `The form at ${this.#origin} did not answer. Its config.json has to be valid and name ${location.origin} in embed.allowedOrigins, its headers have to allow this page as a frame-ancestor, and this page must not be sandboxed itself.`,
          ),
        this.patience,
      );
    }

    // Shows the failure in the page as well, for the person who is waiting for the form.
    #fail(code, message) {
      if (!this.#said) {
        this.#said = document.createElement("p");
        this.#said.setAttribute("role", "alert");
        (this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true })).prepend(this.#said);
      }
      this.#said.textContent = message;
      this.#tell("failed", { code, message });
    }

    #tell(kind, detail) {
      this.dispatchEvent(new CustomEvent(kind, { detail, bubbles: true }));
    }

    #say(kind, content) {
      const text = JSON.stringify({ ...content, kind });
      if (text.length <= SAID_MAX) this.#port?.postMessage(text);
      else this.#fail("too-long", `The form reads no message of more than ${SAID_MAX} characters.`);
    }

    #hangUp() {
      if (this.#port) this.#port.onmessage = null;
      this.#port?.close();
      this.#port = undefined;
    }

    // Handles the frame's knock. Messages from other frames aren't counted: they belong to other elements.
    #hear({ source, origin, data }) {
      if (!source || source !== this.#frame?.contentWindow) return;
      const knock = origin === this.#origin && parse(data);
      const { nonce } = knock || {};
      if (!knock || knock.protocol !== PROTOCOL || knock.kind !== "knock" || !NONCE.test(nonce) || this.#nonces.has(nonce)) {
        this.#ignored += 1;
        return;
      }
      this.#nonces.add(nonce);
      this.#hangUp();
      const { port1, port2 } = new MessageChannel();
      this.#port = port1;
      port1.onmessage = (event) => this.#receive(port1, event.data);
      const options = {
        mode: String(this.mode),
        prefill: this.prefill,
        fixed: this.fixed,
        hidden: this.hiddenFields,
        rules: this.rules ? JSON.stringify(this.rules) : "",
        theme: themeOf(this.theme),
        locale: this.locale,
        tokens: typeof this.tokenProvider === "function",
      };
      source.postMessage(JSON.stringify({ protocol: PROTOCOL, kind: "hello", nonce, options }), this.#origin, [port2]);
    }

    #receive(port, data) {
      const { kind, ...detail } = parse(data) ?? {};
      switch (kind) {
        case "ready":
          clearTimeout(this.#timer);
          this.#said?.remove();
          this.#said = undefined;
          if (this.#wantsFocus) this.focus();
          return this.#tell(kind, detail);
        case "resize":
          if (detail.height > 0) this.#frame.style.height = `${Math.min(detail.height, HEIGHT_MAX)}px`;
          return;
        case "token-request":
          return void this.#token(port, detail);
        case "ignored":
          this.#ignoredThere = detail.count;
        // Dispatched as an event as well.
        case "changed":
        case "validated":
        case "created":
        case "failed":
        case "cancelled":
          return this.#tell(kind, detail);
        default:
          this.#ignored += 1;
      }
    }

    // Sends the token through the port only. Whatever the page requests, the host's sign-in gets only one scope.
    async #token(port, { id, scopes, tenant, claims }) {
      const text = (value) => (typeof value === "string" ? value : undefined);
      const allowed = (this.audience ? [this.audience] : AUDIENCES).map((audience) => `${audience}/.default`);
      const scope = scopes?.length === 1 && allowed.find((one) => one === scopes[0]);
      let token;
      if (scope) {
        try {
          const given = await this.tokenProvider?.({ scopes: [scope], tenant: text(tenant), claims: text(claims) });
          token = text(given && typeof given === "object" ? (given.token ?? given.accessToken) : given);
        } catch {
          // The host knows the reason; the form says that there is no token.
        }
      } else {
        this.#ignored += 1;
        this.#tell("failed", { code: "bad-scope", message: `The form asked for a token that is not for ${allowed.join(" or ")}.` });
      }
      port.postMessage(JSON.stringify({ kind: "token", id, token }));
    }
  }

  if (!customElements.get("identity-portal")) customElements.define("identity-portal", IdentityPortal);
}
