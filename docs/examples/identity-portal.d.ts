// Declares the element for TypeScript in React 19. Copy this file and embed.d.ts next to your own sources.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { IdentityPortalElement, IdentityPortalEvents } from "./embed";

type Properties = Partial<Pick<IdentityPortalElement, "tokenProvider" | "audience" | "prefill" | "rules" | "theme" | "locale" | "mode" | "fixed" | "hiddenFields" | "patience">>;
type Events = { [Kind in keyof IdentityPortalEvents & string as `on${Kind}`]?: (event: CustomEvent<IdentityPortalEvents[Kind]>) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "identity-portal": Omit<DetailedHTMLProps<HTMLAttributes<IdentityPortalElement>, IdentityPortalElement>, keyof Properties> &
        Properties &
        Events & { src: string; label?: string; instance?: string };
    }
  }
}
