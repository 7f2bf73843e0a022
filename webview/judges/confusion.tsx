import type { JudgeReport } from '../../src/engine/judge/judgeReport.ts';

/** What the judge said of what people pass and of what they fail. */
export function Confusion({ confusion }: { readonly confusion: JudgeReport['confusion'] }) {
  const { truePasses, falsePasses, trueFails, falseFails } = confusion;
  return (
    <table class="confusion">
      <thead>
        <tr>
          <td />
          <th scope="col">judge passes</th>
          <th scope="col">judge fails</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">people pass</th>
          <td class="is-agreed">{truePasses}</td>
          <td class={falseFails > 0 ? 'is-apart' : ''}>{falseFails}</td>
        </tr>
        <tr>
          <th scope="row">people fail</th>
          <td class={falsePasses > 0 ? 'is-apart' : ''}>{falsePasses}</td>
          <td class="is-agreed">{trueFails}</td>
        </tr>
      </tbody>
    </table>
  );
}
