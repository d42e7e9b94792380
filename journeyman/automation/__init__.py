"""From past human decisions to what can run unattended: consistency, a guarantee, rules, savings, a router."""
