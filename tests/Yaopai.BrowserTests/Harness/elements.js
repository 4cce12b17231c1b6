// What the checks share: how elements are named, seen and coloured.
const describe = element => {
  const id = element.id ? `#${element.id}` : element.className && typeof element.className === 'string' ? `.${element.className}` : '';
  return `<${element.tagName.toLowerCase()}${id}> ${(element.textContent || '').trim().replace(/\s+/g, ' ').slice(0, 50)}`;
};

const textOf = ids => (ids || '').split(/\s+/).filter(Boolean).map(id => document.getElementById(id)?.textContent || '').join(' ').trim();

const isField = element => element.matches('input:not([type=hidden]), select, textarea');

const nameOf = element => (
  textOf(element.getAttribute('aria-labelledby'))
  || element.getAttribute('aria-label')
  || (isField(element)
    ? [...element.labels || []].map(label => label.textContent).join(' ') || (/^(submit|button|reset)$/.test(element.type) ? element.value : '')
    : [element.textContent, ...[...element.querySelectorAll('img')].map(image => image.alt)].join(' '))
  || '').trim().replace(/\s+/g, ' ');

const isThere = element => element.checkVisibility({ visibilityProperty: true });

// Kept for screen readers alone: cut down to nothing.
const isUnseen = element => {
  for (let one = element; one; one = one.parentElement) {
    if (getComputedStyle(one).clipPath !== 'none') return true;
  }
  return false;
};

const pixel = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
const colours = new Map();
const colour = css => {
  if (!colours.has(css)) {
    pixel.clearRect(0, 0, 1, 1);
    pixel.fillStyle = css;
    pixel.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixel.getImageData(0, 0, 1, 1).data;
    colours.set(css, [r, g, b, a / 255]);
  }
  return colours.get(css);
};

const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);

// What lies behind the content of an element: every background on the way up that is not wholly transparent.
const groundOf = element => {
  const layers = [];
  for (let one = element; one; one = one.parentElement) {
    const layer = colour(getComputedStyle(one).backgroundColor);
    if (layer[3] > 0) layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
};

const luminance = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map(c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * x + 0.7152 * y + 0.0722 * z;
};

const contrast = (css, ground) => {
  const [a, b] = [luminance(over(colour(css), ground)), luminance(ground)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
};
