"""Who a child is: names, identifiers, addresses, care, the people around them; and how a child is found."""
