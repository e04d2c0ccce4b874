"""Faults made on purpose: killed processes, hostile clients, full disks, long days."""
