"""Values and rules of booking rooms: pure, without a framework, a database or a clock."""
