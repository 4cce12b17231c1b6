// What every page must be, beside what axe knows. Answers with a sentence for each thing that is not so.
language => {
  const faults = [];
  const must = (holds, what) => holds || faults.push(what);
  const all = selector => [...document.querySelectorAll(selector)].filter(isThere);

  must(document.documentElement.lang === language, `lang is ${document.documentElement.lang}, not ${language}`);
  must(all('h1').length === 1, `${all('h1').length} first headings`);
  must(document.compatMode === 'CSS1Compat', 'no doctype');

  // axe takes a placeholder for a name, which is gone as soon as something is typed.
  for (const field of all('input:not([type=hidden]), select, textarea')) must(nameOf(field), `no label: ${describe(field)} ${field.name}`);
  for (const table of all('table')) must(table.caption, `no caption: ${describe(table)}`);
  for (const group of all('fieldset')) must(group.querySelector('legend'), `no legend: ${describe(group)}`);

  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`the id ${id} is there twice`);
  for (const attribute of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-errormessage']) {
    for (const element of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).split(/\s+/)) must(ids.includes(id), `${attribute} names ${id}, which is not there`);
    }
  }

  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const wide = all('body *').filter(element => element.getBoundingClientRect().right > root.clientWidth + 0.5 && !isUnseen(element));
    faults.push(`the page scrolls sideways at ${root.clientWidth}: ${wide.slice(-3).map(describe).join('; ')}`);
  }

  // WCAG 2.2, 2.5.8, without its exception for what has room around it: what stands alone is at least 24 wide and high; words inside a sentence need not be.
  for (const control of all('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    const { width, height } = control.getBoundingClientRect();
    const isInText = getComputedStyle(control).display === 'inline' || isUnseen(control);
    const target = control.labels?.[0]?.getBoundingClientRect() || { width: 0, height: 0 };
    must(isInText || (Math.max(width, target.width) >= 24 && Math.max(height, target.height) >= 24), `too small (${width} × ${height}): ${describe(control)}`);
  }

  // WCAG 2.2, 1.4.3: what is typed against what is behind it. Other texts are axe's.
  const legible = (css, element, what) => {
    const style = getComputedStyle(element);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const ratio = contrast(css, groundOf(element));
    must(ratio >= needed, `${what} has a contrast of ${ratio.toFixed(2)}: ${describe(element)}`);
  };
  for (const field of all('input:not([type=hidden]), select, textarea')) {
    const style = getComputedStyle(field);
    legible(style.color, field, 'what is typed');
    if (field.placeholder) legible(getComputedStyle(field, '::placeholder').color, field, 'the placeholder');
    // 1.4.11: the edge of what can be filled in.
    if (style.appearance !== 'auto' && style.borderTopWidth !== '0px') {
      const ratio = contrast(style.borderTopColor, groundOf(field.parentElement));
      must(ratio >= 3, `an edge has a contrast of ${ratio.toFixed(2)}: ${describe(field)} ${field.name}`);
    }
  }

  return faults.slice(0, 30);
}
