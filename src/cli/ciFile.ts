export type CiService = 'github' | 'gitlab';

/**
 * A workflow as it is written once; from then on it is the user's.
 *
 * @param folder with the suites, relative to the repository, with forward slashes
 */
export function ciFile(service: CiService, folder: string): string {
  return (service === 'github' ? GITHUB : GITLAB).replace('SUITE_FOLDER', () => JSON.stringify(folder));
}

const ABOUT = `# Evaluates the prompts that a change touches, and compares them with those of the branch that it is to go into.
# Written once by \`touchstone init ci\`; it is yours to change. "CHANGE" marks what you should look at.
#
# The job ends with 0: the gate holds, 1: the gate fails, 2: files or arguments are wrong, 3: a provider failed.
`;

const GITHUB = `${ABOUT}
name: Touchstone

on:
  # Not pull_request_target: that would hand your keys to whatever a fork sends.
  pull_request:

permissions:
  contents: read

concurrency:
  group: touchstone-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  evaluate:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    env:
      # CHANGE: the folder with your suites.
      SUITES: SUITE_FOLDER
      # CHANGE: where the command line comes from: a path, URL or name that npm can install.
      TOUCHSTONE_PACKAGE: \${{ vars.TOUCHSTONE_PACKAGE }}
      # CHANGE: the keys that your models need, by name, from the secrets of the repository. A fork has none.
      OPENAI_API_KEY: \${{ secrets.OPENAI_API_KEY }}
      # ANTHROPIC_API_KEY: \${{ secrets.ANTHROPIC_API_KEY }}
      BASE: origin/\${{ github.base_ref }}
    steps:
      - uses: actions/checkout@v4
        with:
          # All of the history: the prompts of the other branch are read from it.
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - name: Install
        run: npm install --no-save --prefix "$RUNNER_TEMP/touchstone" "$TOUCHSTONE_PACKAGE"
      - name: Evaluate
        run: >-
          "$RUNNER_TEMP/touchstone/node_modules/.bin/touchstone" eval "$SUITES"
          --changed --baseline "$BASE"
          --reporter github
          --also junit=touchstone.xml
          --also markdown=touchstone.md
      - name: Keep the reports
        if: \${{ !cancelled() }}
        uses: actions/upload-artifact@v4
        with:
          name: touchstone
          path: |
            touchstone.xml
            touchstone.md
          # There is none where the change touches no suite.
          if-no-files-found: ignore
`;

const GITLAB = `${ABOUT}
touchstone:
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  timeout: 30 minutes
  variables:
    # All of the history: the prompts of the other branch are read from it.
    GIT_DEPTH: "0"
    # CHANGE: the folder with your suites.
    SUITES: SUITE_FOLDER
    # CHANGE: in the CI/CD settings of the project set TOUCHSTONE_PACKAGE to a path, URL or name that npm can install,
    # and the keys that your models need, masked, as OPENAI_API_KEY or ANTHROPIC_API_KEY: a job has them in its environment.
  script:
    - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME:refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - npm install --no-save --prefix /tmp/touchstone "$TOUCHSTONE_PACKAGE"
    - >-
      /tmp/touchstone/node_modules/.bin/touchstone eval "$SUITES"
      --changed --baseline "origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
      --also junit=touchstone.xml
      --also markdown=touchstone.md
  artifacts:
    when: always
    paths:
      - touchstone.md
    reports:
      junit: touchstone.xml
`;
