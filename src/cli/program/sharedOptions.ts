import { Option } from 'commander';

export function caseOption(): Option {
  return new Option('--case <id>', 'fill it with this case of its dataset (default: the first)');
}
export function varsOption(): Option {
  return new Option('--vars <file>', 'fill it with the variables of a JSON or YAML file');
}
export function dataOption(): Option {
  return new Option('--data <file>', 'look for the case in this suite or dataset');
}
export function workspaceOption(): Option {
  return new Option('--workspace <folder>', 'whose history (default: that of this folder)');
}
