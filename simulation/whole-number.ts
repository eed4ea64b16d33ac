import { InvalidArgumentError } from "commander";

/** Reads an option that is a whole number, for commander. @param least what it must at least be */
export function wholeNumber(least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`A whole number of at least ${least} is needed.`);
  };
}
