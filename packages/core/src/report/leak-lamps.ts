import type { LampColour } from "../study/audit/lamp.ts";
import type { LeakDemonstration, PipelineOutcome } from "../study/leak-laboratory/leak-demonstration.ts";
import { element, type Html } from "./html.ts";
import { capitalised } from "./words.ts";

/** What an audit says of the right and of the wrong analysis, lamp by lamp; colours are also words. */
export function leakLamps({ honest, leaky }: LeakDemonstration): Html {
  return element`<table class="leak-lamps">
    <caption>
      What the audit says
    </caption>
    <thead>
      <tr>
        <th scope="col">Lamp</th>
        <th scope="col">Done rightly</th>
        <th scope="col">With the mistake</th>
        <th scope="col">Evidence on the analysis with the mistake</th>
      </tr>
    </thead>
    <tbody>
      ${leaky.audit.lamps.map(
        (lamp, index) =>
          element`<tr>
            <th scope="row">${lamp.title}</th>
            <td>${lampMark(colourOf(honest, index))}</td>
            <td>${lampMark(lamp.colour)}</td>
            <td>${lamp.reasons.length === 0 ? lamp.verdict : lamp.reasons.map(({ message }) => element`<p>${capitalised(message)}.</p>`)}</td>
          </tr>`,
      )}
    </tbody>
  </table>
`;
}

/** A lamp as a dot with its word. */
export function lampMark(colour: LampColour): Html {
  return element`<span class="leak-lamp ${colour}">${colour}</span>`;
}

function colourOf({ audit }: PipelineOutcome, index: number): LampColour {
  return audit.lamps[index].colour;
}
