// The GOV.UK Frontend components that the pages use.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  Radios as GovukRadios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";

/** Radios without aria-expanded, which ARIA does not know for them: what they reveal follows at once. */
class Radios extends GovukRadios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

const OF_A_PAGE = [ExitThisPage, NotificationBanner, ServiceNavigation, SkipLink];
const ANYWHERE = [Button, CharacterCount, Checkboxes, ErrorSummary, PasswordInput, Radios];

/** Starts the components in a page or in a fragment that has come into one. */
export function wake(scope) {
  const components = scope === document ? [...OF_A_PAGE, ...ANYWHERE] : ANYWHERE;
  for (const component of components) createAll(component, undefined, scope);
}
