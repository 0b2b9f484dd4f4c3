"""The backend program: settings → stores → services → endpoints → one mutual-TLS listener."""
