"""The room where the product is put to the test on the user's own machine, and on the user's own table."""
