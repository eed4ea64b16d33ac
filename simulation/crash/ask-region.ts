import type { Region } from "../../src/region/region.ts";
import { InjectedFailure } from "./injected-failure.ts";
import type { RegionHost } from "./platform/region-host.ts";

/** A call between objects, as production code makes it: it fails where the answer is lost, and hangs where nobody answers. */
export function askRegion<Answer>(host: RegionHost, act: (region: Region) => Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    host.call(act, (heard) => {
      if (heard.type === "answered") resolve(heard.answer);
      else reject(new InjectedFailure("the region did not answer"));
    });
  });
}
