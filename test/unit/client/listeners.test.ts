import { describe, expect, it } from "vitest";
import { Listeners } from "../../../client/listeners.ts";

interface Events {
  readonly number: number;
  readonly word: string;
}

describe("a listener", () => {
  it("hears what it listens to, in order, and nothing else", () => {
    const listeners = new Listeners<Events>();
    const heard: unknown[] = [];
    listeners.add("number", (number) => heard.push(number), false);
    listeners.tell("number", 1);
    listeners.tell("word", "two");
    listeners.tell("number", 3);
    expect(heard).toEqual([1, 3]);
  });

  it("hears nothing after it was taken off, by its own hand or by name", () => {
    const listeners = new Listeners<Events>();
    const heard: number[] = [];
    const listener = (number: number) => void heard.push(number);
    const leave = listeners.add("number", listener, false);
    leave();
    listeners.tell("number", 1);
    listeners.add("number", listener, false);
    listeners.remove("number", listener);
    listeners.tell("number", 2);
    expect(heard).toEqual([]);
  });

  it("that is added twice is called once", () => {
    const listeners = new Listeners<Events>();
    const heard: number[] = [];
    const listener = (number: number) => void heard.push(number);
    listeners.add("number", listener, false);
    listeners.add("number", listener, false);
    listeners.tell("number", 1);
    expect(heard).toEqual([1]);
  });

  it("for once hears once, also when it sets off the next event itself", () => {
    const listeners = new Listeners<Events>();
    const heard: number[] = [];
    listeners.add(
      "number",
      (number) => {
        heard.push(number);
        listeners.tell("number", number + 1);
      },
      true,
    );
    listeners.tell("number", 1);
    expect(heard).toEqual([1]);
  });

  it("that another one takes off hears no more", () => {
    const listeners = new Listeners<Events>();
    const heard: number[] = [];
    const second = (number: number) => void heard.push(number);
    listeners.add("number", () => listeners.remove("number", second), false);
    listeners.add("number", second, false);
    listeners.tell("number", 1);
    expect(heard).toEqual([]);
  });

  it("that throws does not keep the others from hearing, and its error surfaces", () => {
    const surfaced: unknown[] = [];
    const listeners = new Listeners<Events>((error) => surfaced.push(error));
    const heard: number[] = [];
    const error = new Error("of the application");
    listeners.add(
      "number",
      () => {
        throw error;
      },
      false,
    );
    listeners.add("number", (number) => heard.push(number), false);
    listeners.tell("number", 1);
    expect(heard).toEqual([1]);
    expect(surfaced).toEqual([error]);
  });
});
