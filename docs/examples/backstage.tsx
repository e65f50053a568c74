// A page for a Backstage-like portal whose team creates identities by pull request: the form validates, the portal opens the pull request.
import { useEffect, useRef } from "react";
import type { IdentityPortalElement, TokenProvider } from "./embed";

type Props = {
  /** From the portal's configuration, such as `identityPortal.url`. */
  url: string;
  theme: "light" | "dark";
  token: TokenProvider;
  /** Opens a pull request with these files. */
  propose: (title: string, files: Record<string, string>) => Promise<void>;
};

export function IdentityRequestPage({ url, theme, token, propose }: Props) {
  const container = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const script = document.createElement("script");
    script.src = new URL("embed.js", url).href;
    document.head.append(script);
    const form = document.createElement("identity-portal") as IdentityPortalElement;
    form.setAttribute("src", url);
    form.setAttribute("mode", "code");
    form.rules = { requiredTags: [{ name: "Owner" }, { name: "Env", values: ["test", "prod"] }] };
    form.tokenProvider = token;
    form.addEventListener("validated", ({ detail }) => {
      const { fileName, text } = detail.code.bicep;
      void propose(`Add ${detail.values.name}`, { [`identities/${detail.values.name}/${fileName}`]: text });
    });
    container.current!.append(form);
    return () => form.remove();
  }, [url, token, propose]);

  useEffect(() => {
    const form = container.current!.querySelector("identity-portal") as IdentityPortalElement;
    form.theme = theme === "dark" ? { name: "dark", "--accent": "#1f5493", "--page": "#121212" } : "light";
  }, [theme]);

  return <div ref={container} />;
}
