local job = load(ARGV[4])
if not job or not LISTED[job.state] then
  return 0
end
if job.open == '1' then
  job.state = 'running'
elseif #job.parts > 0 then
  job.state = 'ready'
else
  job.open, job.state, job.owner = '1', 'waiting', ''
end
job.attempts, job.note = '1', ''
conclude(job, 'delivered')
save(job)
return 1
