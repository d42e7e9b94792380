/** What goes wrong, as people are told it: what happened, because, try. */

/** An error in three parts; its message is all of them in one line. */
export class JourneymanError extends Error {
  /**
   * @param {string} happened what happened
   * @param {{because?: string, remedy?: string, code?: string}} [more] why, what to do, and a word for programs
   */
  constructor(happened, { because = "", remedy = "", code = "" } = {}) {
    super([happened, because && `because ${because}`, remedy && `try: ${remedy}`].filter(Boolean).join("; "));
    this.name = new.target.name;
    Object.assign(this, { happened, because, remedy, code });
  }
}

/** The rows cannot be used: a column is missing, or of another type than the model was built with. */
export class InputError extends JourneymanError {}

/** There is no bundle, or it is damaged, foreign or hostile. */
export class BundleError extends JourneymanError {}

/**
 * A bundle that is refused.
 * @param {string} because why
 * @param {string} [happened] what is refused
 * @returns {BundleError}
 */
export function refused(because, happened = "the bundle's manifest is refused") {
  return new BundleError(happened, { because, remedy: "build the bundle again, or get an undamaged copy" });
}
