// The page's first module.
document.title = 'loghorn';
