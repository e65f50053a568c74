// The element for TypeScript in React 19. Copy this file and embed.d.ts beside your own sources.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { IdentityPortalElement, IdentityPortalEvents } from "./embed";

type Given = Partial<Pick<IdentityPortalElement, "tokenProvider" | "audience" | "prefill" | "rules" | "theme" | "locale" | "mode" | "fixed" | "hiddenFields" | "patience">>;
type Heard = { [Kind in keyof IdentityPortalEvents & string as `on${Kind}`]?: (event: CustomEvent<IdentityPortalEvents[Kind]>) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "identity-portal": Omit<DetailedHTMLProps<HTMLAttributes<IdentityPortalElement>, IdentityPortalElement>, keyof Given> &
        Given &
        Heard & { src: string; label?: string; instance?: string };
    }
  }
}
