"""Documents to send and to sign, HWPX and DOCX, from one outline."""
