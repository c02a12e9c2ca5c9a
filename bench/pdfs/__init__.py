"""Made-up papers drawn as PDFs in many designs, with what each of them says."""
