/** Narrows the list of cases. Without it the page shows them all. */
export const SCRIPT = `
for (const bar of document.querySelectorAll('.filter')) {
  const cases = [...bar.parentElement.querySelectorAll('details.case')];
  const shown = bar.querySelector('output');
  const search = bar.querySelector('input');
  const boxes = [...bar.querySelectorAll('button')];
  bar.hidden = false;
  const apply = () => {
    const wanted = boxes.filter((box) => box.getAttribute('aria-pressed') === 'true').map((box) => box.dataset.kind);
    const text = search.value.trim().toLowerCase();
    let count = 0;
    for (const one of cases) {
      const fits = (wanted.length === 0 || wanted.includes(one.dataset.kind))
        && (text === '' || one.textContent.toLowerCase().includes(text));
      one.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count === cases.length ? '' : count + ' of ' + cases.length;
  };
  for (const box of boxes) box.addEventListener('click', () => {
    box.setAttribute('aria-pressed', String(box.getAttribute('aria-pressed') !== 'true'));
    apply();
  });
  search.addEventListener('input', apply);
}
`;
