// The toolkit tries a rule of its own in a <style> element when it loads, and takes the nonce that the content security
// policy asks for from this tag. Imported before everything else; the script's nonce is open to the script itself.
const tag = document.createElement('meta');
tag.setAttribute('property', 'csp-nonce');
tag.content = document.currentScript?.nonce ?? '';
document.head.append(tag);
