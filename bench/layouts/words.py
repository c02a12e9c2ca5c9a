"""The many words under which papers print the same thing."""

HEADINGS: dict[str, tuple[list[str], list[str]]] = {
    "date": (
        ["Date of service", "Service date", "Date(s) of service", "DOS", "Date", "Visit date", "Date of visit", "Date of care",
         "Treatment date", "Dates of service", "Svc date", "When", "Date you were seen", "Date service received"],
        ["Fecha de servicio", "Fecha del servicio", "Fecha", "Fecha de la visita", "Fecha de atención"]),
    "until": (["To", "Through", "Thru date", "End date", "Service end date", "To date"], ["Hasta", "Fecha final"]),
    "code": (
        ["Code", "Procedure code", "CPT code", "CPT/HCPCS", "Service code", "Billing code", "Procedure", "Proc", "HCPCS code",
         "Proc. code", "Treatment code", "CPT", "Svc code"],
        ["Código", "Código de servicio", "Código del procedimiento", "Procedimiento"]),
    "modifiers": (["Modifier", "Modifiers", "Mod", "Mods", "Mod.", "Modifier(s)"], ["Modificador", "Modificadores"]),
    "words": (
        ["Description", "Service", "Service description", "Type of service", "Services provided", "Description of service", "What was done",
         "Treatment", "Service performed", "Care received", "Service or supply", "Procedure description", "Service rendered"],
        ["Descripción", "Servicio", "Descripción del servicio", "Tipo de servicio", "Servicio recibido"]),
    "words_code": (
        ["Service and code", "Description (code)", "Service description and code", "Service", "Service (code)", "Description",
         "Procedure and description", "Service provided"],
        ["Servicio y código", "Descripción y código", "Servicio"]),
    "units": (
        ["Units", "Qty", "Quantity", "No. of units", "Number of units", "Units billed", "Service units", "Count", "# units", "Qty.",
         "Times done", "Unit count"],
        ["Unidades", "Cantidad", "Cant.", "Número de unidades"]),
    "billed": (
        ["Amount billed", "Billed", "Billed amount", "Charges", "Charge", "Submitted charges", "Provider charges", "Total charge",
         "What your provider charged", "Provider billed", "Amount charged", "Charge amount", "Gross charge", "Billed charges",
         "Submitted", "Amount provider billed", "Original charge", "Fee charged", "Provider's price", "Price charged", "Bill amt"],
        ["Monto facturado", "Cargo", "Cargos", "Cantidad facturada", "Facturado", "Lo que cobró el proveedor", "Total facturado"]),
    "discount": (
        ["Plan discount", "Discount", "Network savings", "Contract adjustment", "Write-off", "Provider write-off", "Negotiated savings",
         "Contractual adjustment", "Network discount", "Your discount", "Saved by network discount", "Price reduction", "Provider discount", "Discount amount",
         "Provider adjustment", "Member savings", "Amount written off", "Contract write-off", "Negotiated discount"],
        ["Descuento", "Descuento del plan", "Ahorro de la red", "Ajuste contractual", "Descuento negociado"]),
    "allowed": (
        ["Allowed amount", "Allowed", "Amount allowed", "Plan allowance", "Negotiated rate", "Eligible amount", "Approved amount",
         "Allowable", "Plan allowed", "Covered charges", "Member rate", "Maximum allowed", "Contracted rate", "Eligible charges",
         "Recognized amount", "What the plan allows", "Agreed price", "Plan's rate", "Allowed charge", "Approved", "Network price"],
        ["Monto permitido", "Permitido", "Cantidad permitida", "Monto aprobado", "Tarifa negociada", "Monto elegible"]),
    "not_covered": (
        ["Not covered", "Amount not covered", "Non-covered", "Non-covered charges", "Excluded", "Disallowed", "Not eligible",
         "Ineligible amount", "Charges not covered", "Plan does not cover", "Not covered by plan", "Noncovered amount", "Amount excluded"],
        ["No cubierto", "Monto no cubierto", "Cargos no cubiertos", "Excluido"]),
    "deductible": (
        ["Deductible", "Applied to deductible", "Your deductible", "Deductible amount", "Deduct.", "Ded.", "Toward deductible",
         "Amount applied to deductible", "Applied to your deductible", "Plan deductible", "Deductible applied", "Counted to deductible"],
        ["Deducible", "Su deducible", "Aplicado al deducible", "Monto del deducible"]),
    "copay": (
        ["Copay", "Co-pay", "Copayment", "Your copay", "Co-payment", "Copay amount", "Member copay", "Visit copay", "Patient copay"],
        ["Copago", "Su copago", "Copagos", "Monto del copago"]),
    "coinsurance": (
        ["Coinsurance", "Co-insurance", "Coins.", "Your coinsurance", "Coinsurance amount", "Co-ins", "Member coinsurance",
         "Patient coinsurance", "Your coinsurance share"],
        ["Coseguro", "Su coseguro", "Coaseguro", "Monto del coseguro"]),
    "plan_paid": (
        ["Plan paid", "Paid by plan", "We paid", "Benefit paid", "Insurance paid", "Paid to provider", "Amount paid by plan", "Plan payment",
         "Amount paid", "What your plan paid", "Paid by insurance", "Benefits paid", "Plan pays", "Health plan paid", "Our payment",
         "Payment to provider", "Benefit payment", "Paid by us", "Net paid", "Plan share paid"],
        ["El plan pagó", "Pagado por el plan", "Pago del plan", "Lo que pagó el plan", "Monto pagado", "Pagamos"]),
    "patient_owes": (
        ["You may owe", "Your responsibility", "Patient responsibility", "You owe", "Amount you owe", "Member responsibility", "Your share",
         "What you owe", "Member owes", "Patient owes", "Your cost", "Your total cost", "Patient liability", "Amount you may owe",
         "Member liability", "Patient share", "What you may owe provider", "You pay", "Your portion", "Left for you to pay"],
        ["Usted debe", "Su responsabilidad", "Responsabilidad del paciente", "Lo que usted debe", "Usted podría deber", "Su parte",
         "Monto que usted debe"]),
    "remarks": (
        ["Remarks", "Notes", "Remark codes", "See notes", "Remark code", "Reason code", "Note", "Codes", "Explanation code", "Reason",
         "Comments", "Message code", "Notes (see below)"],
        ["Notas", "Vea las notas", "Observaciones", "Código de nota"]),
    "place": (["Place of service", "POS", "Place"], ["Lugar de servicio"]),
    "revenue": (["Rev code", "Revenue code", "Rev. code"], ["Código de ingreso"]),
    "number": (["Line", "Line no.", "#", "Item no.", "Ln"], ["Línea"]),
}  # fmt: skip
LABELS: dict[str, tuple[list[str], list[str]]] = {
    "claim": (
        ["Claim number", "Claim #", "Claim ID", "Claim no.", "Claim", "Reference claim number", "Claim reference number", "Your claim number",
         "Claim control number", "Claim reference"],
        ["Número de reclamo", "Reclamo", "Número de reclamación", "No. de reclamo"]),
    "patient": (["Patient", "Patient name", "Member name", "Member", "Services for", "Name of patient", "Care for"], ["Paciente", "Nombre del paciente", "Afiliado"]),
    "provider": (
        ["Provider", "Provider name", "Seen by", "Care by", "Rendered by", "Service provider", "Treating provider", "Health care provider",
         "Doctor or facility", "Services provided by", "Treated by", "Facility", "Clinic"],
        ["Proveedor", "Nombre del proveedor", "Proveedor de servicios", "Atendido por"]),
    "processed": (
        ["Processed on", "Date processed", "Processed", "Processed date", "Finalized on", "Completed", "Finished on", "Claim processed",
         "Date completed", "Process date"],
        ["Procesado el", "Fecha de procesamiento", "Procesado", "Fecha de proceso"]),
    "member": (["Member ID", "Member number", "ID number", "Subscriber ID", "Member ID number"], ["Número de miembro", "ID del miembro"]),
}  # fmt: skip
PAYERS = (
    "Juniper Valley Health Plan", "Blue Lantern Benefits", "Keystone Harbor Insurance Company", "Sunrow Mutual", "Pinecrest HMO",
    "Alder County Employees Health Fund", "Granite Peak Health", "Red Clay Benefit Administrators", "Willow Assurance Co.",
)  # fmt: skip
TITLES = (
    [
        "Explanation of Benefits",
        "EXPLANATION OF BENEFITS (EOB)",
        "Your Explanation of Benefits",
        "Explanation of benefits statement",
    ],
    ["Explicación de beneficios", "EXPLICACIÓN DE BENEFICIOS (EOB)"],
)
TOTALS = (
    ["Total", "Totals", "Claim total", "Totals for claim", "TOTAL", "Total for this claim", "Claim totals"],
    ["Total", "Totales", "Total del reclamo"],
)
LEGEND_HEADS = (
    ["Notes", "Remark codes", "What the notes mean", "Explanation of codes", "NOTES:", "Remarks:", ""],
    ["Notas", "Notas:", ""],
)
LEGEND = {
    "CO-45": "Your plan has an agreed price with this provider. The difference is not yours to pay.",
    "PR-96": "This service is outside what your plan pays for.", "CO-197": "Approval was needed before this care and was not on file.",
    "PR-204": "Your plan booklet does not list this service.", "CO-97": "This service is paid as part of another one.",
    "N130": "Please look in your plan booklet for the limits of this care.", "N30": "The person was not eligible for this benefit.",
    "M25": "The paperwork did not show why this much care was needed.", "M15": "Services were put together into one payment.",
    "N19": "This procedure goes along with the main one.", "A1": "Denied. Ask your plan what is missing.",
    "X24": "More details were asked from your provider.", "B7": "Counted inside another service on the same day.",
}  # fmt: skip
FOOTERS = (
    ["THIS IS NOT A BILL", "This is not a bill. Please wait for a bill from your provider before you pay.", "Page 1 of 2", "Page 2 of 2",
     "Questions? Call Member Services at 1-800-555-0142, Monday to Friday, 8 a.m. to 6 p.m.", "Customer service: (555) 555-0117",
     "P.O. Box 4410, Springdale, OH 45246-4410", "Mail appeals to 200 Elm St, Suite 310, Dayton, OH 45402",
     "If you do not agree with our decision, you have 180 days from the day you get this notice to ask for an appeal.",
     "You have the right to a free copy of the rules we used. Write to us within 180 days.",
     "Visit www.example.org/members to see your claims online.", "Group number: 0047718", "Form 97110-EOB rev. 03/2024",
     "Keep this statement for your tax records. We checked 3 services on this notice.",
     "To report fraud call 1-866-555-0199. You could get up to $1,000.00 for a report that leads to savings.",
     "For TTY users: 711. Free language help: 1-877-555-0123."],
    ["ESTO NO ES UNA FACTURA", "Esto no es una factura. Espere la factura de su proveedor.", "Página 1 de 2",
     "¿Preguntas? Llame a Servicios para Miembros al 1-800-555-0142, de lunes a viernes.",
     "P.O. Box 4410, Springdale, OH 45246-4410", "Usted tiene 180 días desde que recibe este aviso para presentar una apelación.",
     "Visite www.example.org/miembros para ver sus reclamos."],
)  # fmt: skip
COUNTERS = (
    ["Your deductible so far this year: $350.00 of $1,500.00", "Individual deductible: $1,200.00 met of $2,500.00",
     "You have used $640.00 of your $4,000.00 out-of-pocket limit.", "Deductible met: $350.00. Remaining: $1,150.00",
     "Year-to-date deductible $350.00   Limit $1,500.00   Left $1,150.00", "Out-of-pocket maximum: $1,010.25 of $6,000.00 used",
     "Physical therapy visits used this year: 12 of 30",
     "Year to date          Used        Limit\nDeductible         $350.00    $1,500.00\nOut-of-pocket      $910.25    $6,000.00"],
    ["Su deducible este año: $350.00 de $1,500.00", "Ha usado $640.00 de su máximo de gastos de bolsillo de $4,000.00.",
     "Visitas de terapia usadas este año: 12 de 30"],
)  # fmt: skip
SECTION_DAYS = (
    ["Services on {}", "Date of service: {}", "Visit on {}", "Services received {}", "{}"],
    ["Servicios del {}", "Fecha de servicio: {}"],
)
